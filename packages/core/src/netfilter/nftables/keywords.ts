const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** Words of nft's language that cannot stand for a value (`scanner.l` of nftables 1.0.6; each tried as an interface name). */
export const keywords = words(`
  accept add all auto-merge bridge cgroup chain comment constant continue counter cpu create ct day
  define delete describe device devices drop dst dup dynamic element elements expires export exthdr
  fib flags flow flowtable flush frag fwd gc-interval get goto handle hbh hook hour ibriport ibrname
  iif iifgroup iifname iiftype import include index inet insert interval ipsec jhash jump limit list
  log map mark masquerade meta meter mh monitor netdev nftrace notrack numgen obriport obrname offload
  oif oifgroup oifname oiftype osf pkttype policy position priority queue quota random redefine reject
  rename replace return rt rt0 rt2 rtclassid rule ruleset secmark set size skgid skuid socket srh
  symhash synproxy table th time timeout tproxy type typeof undefine update vmap xt and or xor not
`);

/** Words that stand for a value of another type: protocols, booleans. */
export const foreignValues = words(`
  ah comp dccp esp exists icmp icmpv6 igmp missing redirect sctp tcp udp udplite
`);
