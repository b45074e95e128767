"""Sends packets through the real kernel and says what each hook saw of them.

Reads one JSON job from standard input and writes one JSON answer to standard output:

    job    {"rulesets": [{"v4", "v6", "nft": text | null, "tproxy": bool, "packets": [packet, ...]}, ...]}
    packet {"origin": "local" | "incoming", "family": 4 | 6, "proto": "tcp" | "udp", "dst", "dport",
            "uid", "gid", "boundSrc", "soMark", "transparent"}   (local packets only, but for boundSrc)
    answer {"results": [[{"hooks": [hook, ...], "error": name | null}, ...], ...]}
    hook   {"hook", "device", "nat", "src", "dst", "dport", "mark", "end": {"dst", "dport", "mark"},
            "rules": [[table, chain, number], ...]}   (rules that matched, in order, numbers from 1)

Two network namespaces of its own: a pod with eth0 and eth1, and the host at the other ends. An observer table drops everything
but first packets, switches on nft's tracing for those, and has an empty chain at the start and at the end of every hook:
their trace events show the header before and after. An event of its nat chains says that nat was consulted.
Standard library only; needs root.
"""
import ctypes, errno, json, os, re, select, socket, struct, subprocess, sys

POD, HOST = f"sidetrace-{os.getpid()}-pod", f"sidetrace-{os.getpid()}-host"
LIBC = ctypes.CDLL(None, use_errno=True)
CLONE_NEWNET = 0x40000000
HOOKS = ("prerouting", "input", "forward", "output", "postrouting")
TPROXY_PORT, TPROXY_MARK, TPROXY_TABLE = 15006, "1337", "133"
IP_TRANSPARENT, IPV6_TRANSPARENT, SO_RCVBUFFORCE = 19, 75, 33
QUIET_MS, SILENCE_MS = 8, 60


def observer():
    lines = ["add table inet observer"]
    for hook in HOOKS:
        for name, priority in (("first", -440), ("last", 900)):
            lines.append(f"add chain inet observer {hook}_{name} {{ type filter hook {hook} priority {priority} ; }}")
        if hook != "forward":
            priority = -110 if hook in ("prerouting", "output") else 90
            lines.append(f"add chain inet observer {hook}_nat {{ type nat hook {hook} priority {priority} ; }}")
    for hook in ("prerouting", "output"):
        chain = f"inet observer {hook}_start"
        lines.append(f"add chain {chain} {{ type filter hook {hook} priority -450 ; }}")
        lines.append(f"add rule {chain} meta l4proto {{ icmp, ipv6-icmp }} drop")
        lines.append(f"add rule {chain} tcp flags & (syn|ack|rst) != syn drop")
        lines.append(f"add rule {chain} meta l4proto {{ tcp, udp }} meta nftrace set 1")
    return "\n".join(lines) + "\n"


def run(*command, text=None):
    done = subprocess.run(command, input=text, capture_output=True, text=True)
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(command)}: {done.stderr.strip()}")
    return done.stdout


def enter(name):
    with open(f"/var/run/netns/{name}") as handle:
        if LIBC.setns(handle.fileno(), CLONE_NEWNET) != 0:
            raise OSError(ctypes.get_errno(), "setns")


def make_bed():
    for name in (POD, HOST):
        run("ip", "netns", "add", name)
        run("ip", "-n", name, "link", "set", "lo", "up")
    for number, (device, peer) in enumerate((("eth0", "pod0"), ("eth1", "pod1"))):
        net, mac = 2 * number + 1, f"02:00:00:00:0{number}:"
        run("ip", "link", "add", device, "netns", POD, "address", f"{mac}05", "type", "veth",
            "peer", "name", peer, "netns", HOST, "address", f"{mac}01")
        for name, end, host in ((POD, device, 5), (HOST, peer, 1)):
            run("ip", "netns", "exec", name, "sysctl", "-qw", f"net.ipv6.conf.{end}.accept_dad=0",
                "net.ipv4.conf.all.rp_filter=0", f"net.ipv4.conf.{end}.rp_filter=0", "net.ipv4.ip_forward=0")
            run("ip", "-n", name, "addr", "add", f"10.{net}.0.{host}/24", "dev", end)
            run("ip", "-n", name, "addr", "add", f"fd00:{net}::{host}/64", "dev", end, "nodad")
            run("ip", "-n", name, "link", "set", end, "up")
        for prefix in (f"10.{net}.0.", f"fd00:{net}::"):
            run("ip", "-n", POD, "neigh", "replace", f"{prefix}1", "lladdr", f"{mac}01", "dev", device, "nud", "permanent")
            run("ip", "-n", HOST, "neigh", "replace", f"{prefix}5", "lladdr", f"{mac}05", "dev", peer, "nud", "permanent")
    run("ip", "-n", HOST, "addr", "add", "10.2.0.9/32", "dev", "lo")
    run("ip", "-n", HOST, "addr", "add", "fd00:2::9/128", "dev", "lo", "nodad")
    run("ip", "-n", POD, "addr", "add", "::6/128", "dev", "lo", "nodad")
    run("ip", "-n", POD, "route", "add", "default", "via", "10.1.0.1")
    run("ip", "-n", POD, "-6", "route", "add", "default", "via", "fd00:1::1")
    run("ip", "-n", POD, "route", "add", "10.30.0.0/16", "via", "10.3.0.1")
    run("ip", "-n", POD, "-6", "route", "add", "fd00:30::/32", "via", "fd00:3::1")
    for version in ("-4", "-6"):
        run("ip", "-n", POD, version, "route", "add", "local", "default", "dev", "lo", "table", TPROXY_TABLE)


def remove_bed():
    for name in (POD, HOST):
        subprocess.run(["ip", "netns", "del", name], capture_output=True)


def transparent_listeners():
    """TPROXY hands a packet only to a socket that may have foreign addresses."""
    made = []
    for family, level, option, address in ((socket.AF_INET, socket.IPPROTO_IP, IP_TRANSPARENT, "0.0.0.0"),
                                           (socket.AF_INET6, socket.IPPROTO_IPV6, IPV6_TRANSPARENT, "::")):
        listener = socket.socket(family, socket.SOCK_STREAM)
        if family == socket.AF_INET6:
            listener.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        listener.setsockopt(level, option, 1)
        listener.bind((address, TPROXY_PORT))
        listener.listen(1024)
        made.append(listener)
    return made


EMPTY = "".join(f"*{table}\nCOMMIT\n" for table in ("raw", "mangle", "nat", "filter"))


def load(ruleset):
    """Loads a rule set; gives (family, table, handle) -> (chain, number) of its rules."""
    for family, text in (("ip", ruleset["v4"]), ("ip6", ruleset["v6"])):
        run(f"{family}tables-restore", text=EMPTY)
        if text:
            run(f"{family}tables-restore", "--noflush", text=text)
    for table in re.findall(r"^table inet (\S+)$", run("nft", "list", "tables"), re.MULTILINE):
        if table != "observer":
            run("nft", "delete", "table", "inet", table)
    if ruleset["nft"]:
        run("nft", "-f", "-", text=ruleset["nft"])
    for version in ("-4", "-6"):
        subprocess.run(["ip", version, "rule", "del", "fwmark", TPROXY_MARK], capture_output=True)
        if ruleset["tproxy"]:
            run("ip", version, "rule", "add", "fwmark", TPROXY_MARK, "lookup", TPROXY_TABLE)
    places, count = {}, {}
    for entry in json.loads(run("nft", "-j", "-a", "list", "ruleset"))["nftables"]:
        rule = entry.get("rule")
        if rule:
            chain = (rule["family"], rule["table"], rule["chain"])
            count[chain] = count.get(chain, 0) + 1
            places[(rule["family"], rule["table"], rule["handle"])] = (rule["chain"], count[chain])
    return places


class Trace:
    """nft's trace events (`NFNLGRP_NFTRACE`), read in the namespace where it was made."""

    NETLINK_NETFILTER, NFNLGRP_NFTRACE, SOL_NETLINK, ADD_MEMBERSHIP = 12, 9, 270, 1
    NFT_MSG_TRACE, CT_DELETE = (10 << 8) | 17, (1 << 8) | 2
    TABLE, CHAIN, HANDLE, TYPE, NETWORK, TRANSPORT, IIF, OIF, MARK, NFPROTO = 1, 2, 3, 4, 8, 9, 10, 12, 14, 15
    RULE = 3

    def __init__(self):
        self.socket = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, self.NETLINK_NETFILTER)
        self.socket.setsockopt(socket.SOL_SOCKET, SO_RCVBUFFORCE, 16 << 20)
        self.socket.bind((0, 0))
        self.socket.setsockopt(self.SOL_NETLINK, self.ADD_MEMBERSHIP, self.NFNLGRP_NFTRACE)

    def forget_connections(self):
        """Empties conntrack, so that every packet is the first of its connection; reads what is left of the last one."""
        message = struct.pack("=IHHIIBBH", 20, self.CT_DELETE, 1, 0, 0, 0, 0, 0)
        self.socket.send(message)
        self.events(silence=0)

    def events(self, silence=SILENCE_MS):
        """Events until it has been quiet for a while."""
        found, patience = [], silence
        while select.select([self.socket], [], [], patience / 1000)[0]:
            found.extend(self.parse(self.socket.recv(1 << 16)))
            patience = QUIET_MS if silence else 0
        return found

    def parse(self, data):
        while len(data) >= 16:
            length, kind = struct.unpack_from("=IH", data)
            if kind == self.NFT_MSG_TRACE:
                yield self.attributes(data[20:length])
            data = data[(length + 3) & ~3:]

    @staticmethod
    def attributes(data):
        found = {}
        while len(data) >= 4:
            length, kind = struct.unpack_from("=HH", data)
            found[kind & 0x3FFF] = data[4:length]
            data = data[(length + 3) & ~3:]
        return found


def number(event, attribute):
    return int.from_bytes(event.get(attribute, b""), "big")


def word(event, attribute):
    return event[attribute].rstrip(b"\0").decode()


def header(event):
    """Addresses, port and mark of an event that carries the packet."""
    network, transport = event[Trace.NETWORK], event[Trace.TRANSPORT]
    family, at, size = (socket.AF_INET, 12, 4) if network[0] >> 4 == 4 else (socket.AF_INET6, 8, 16)
    source, destination = network[at:at + size], network[at + size:at + 2 * size]
    return {"src": socket.inet_ntop(family, source), "dst": socket.inet_ntop(family, destination),
            "dport": int.from_bytes(transport[2:4], "big"), "mark": number(event, Trace.MARK)}


def hooks_of(events, places):
    """Hooks in the order they were passed, put together from the events between the observer's chains."""
    hooks, names = [], {number: name for number, name in socket.if_nameindex()}
    for event in events:
        table, chain = word(event, Trace.TABLE), word(event, Trace.CHAIN)
        hook, _, part = chain.rpartition("_") if table == "observer" else ("", "", "")
        if table == "observer" and Trace.NETWORK not in event:
            continue  # only the first event of a chain carries the packet
        if part == "first":
            device = number(event, Trace.IIF) or number(event, Trace.OIF)
            hooks.append({"hook": hook.upper(), "device": names.get(device), "nat": False, **header(event), "rules": []})
        elif part == "nat":
            hooks[-1]["nat"] = True
        elif part == "last":
            end = header(event)
            hooks[-1]["end"] = {key: end[key] for key in ("dst", "dport", "mark")}
        elif part == "" and number(event, Trace.TYPE) == Trace.RULE and Trace.HANDLE in event:
            handle, family = number(event, Trace.HANDLE), {2: "ip", 10: "ip6"}[number(event, Trace.NFPROTO)]
            place = places.get((family, table, handle)) or places.get(("inet", table, handle))
            if place:
                hooks[-1]["rules"].append([table, *place])
    return hooks


def open_socket(packet):
    """A socket of the owner that is asked for: the kernel looks at who made it."""
    family = socket.AF_INET if packet["family"] == 4 else socket.AF_INET6
    kind = socket.SOCK_STREAM if packet["proto"] == "tcp" else socket.SOCK_DGRAM
    os.setegid(packet.get("gid", 0))
    os.seteuid(packet.get("uid", 0))
    try:
        made = socket.socket(family, kind)
    finally:
        os.seteuid(0)
        os.setegid(0)
    made.setblocking(False)
    if packet.get("soMark"):
        made.setsockopt(socket.SOL_SOCKET, socket.SO_MARK, packet["soMark"])
    if packet.get("transparent"):
        v4 = packet["family"] == 4
        made.setsockopt(socket.IPPROTO_IP if v4 else socket.IPPROTO_IPV6, IP_TRANSPARENT if v4 else IPV6_TRANSPARENT, 1)
    return made


def send(packet):
    """Sends one first packet; gives the name of the socket call's error."""
    enter(POD if packet["origin"] == "local" else HOST)
    try:
        with open_socket(packet) as connection:
            if packet.get("boundSrc"):
                connection.bind((packet["boundSrc"], 0))
            if packet["proto"] == "udp":
                connection.sendto(b"x", (packet["dst"], packet["dport"]))
            else:
                connection.connect((packet["dst"], packet["dport"]))
    except BlockingIOError:
        pass
    except OSError as error:
        return errno.errorcode.get(error.errno, str(error.errno))
    finally:
        enter(POD)
    return None


def measure(trace, packet, places):
    trace.forget_connections()
    error = send(packet)
    return {"hooks": hooks_of(trace.events(0 if error else SILENCE_MS), places), "error": error}


def main():
    job = json.load(sys.stdin)
    make_bed()
    try:
        enter(POD)
        run("nft", "-f", "-", text=observer())
        trace, listeners = Trace(), transparent_listeners()
        results = []
        for ruleset in job["rulesets"]:
            places = load(ruleset)
            results.append([measure(trace, packet, places) for packet in ruleset["packets"]])
        for listener in listeners:
            listener.close()
        json.dump({"results": results}, sys.stdout)
    finally:
        remove_bed()


main()
