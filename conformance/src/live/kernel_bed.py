"""Sends packets through the real kernel and says which rules they met.

Reads one JSON job from standard input and writes one JSON answer to standard output:

    job    {"rulesets": [{"v4": text, "v6": text | null, "packets": [packet, ...]}, ...]}
    packet {"origin": "local" | "incoming", "family": 4 | 6, "proto": "tcp" | "udp", "dst", "dport",
            "uid", "gid", "boundSrc"}   (uid, gid, boundSrc: local packets only)
    answer {"results": [[{"hits": [[table, chain, number], ...], "in": n, "out": n, "error": name | null}, ...], ...]}

Two network namespaces of its own: a pod with eth0, and the host at the other end. An observer table drops everything
but first packets before any rule sees it, so that the counters of iptables-save show exactly one packet. Standard
library only; needs root.
"""
import ctypes, errno, json, os, re, socket, subprocess, sys, time

POD, HOST = f"sidetrace-{os.getpid()}-pod", f"sidetrace-{os.getpid()}-host"
LIBC = ctypes.CDLL(None, use_errno=True)
CLONE_NEWNET = 0x40000000

OBSERVER = """
add table inet observer
add chain inet observer first_out { type filter hook output priority -1000 ; }
add chain inet observer first_in { type filter hook prerouting priority -1000 ; }
add chain inet observer last_in { type filter hook input priority 900 ; }
add chain inet observer last_out { type filter hook postrouting priority 900 ; }
add rule inet observer first_out meta l4proto { icmp, ipv6-icmp } drop
add rule inet observer first_out tcp flags & (syn|ack|rst) != syn drop
add rule inet observer first_in meta l4proto { icmp, ipv6-icmp } drop
add rule inet observer first_in tcp flags & (syn|ack|rst) != syn drop
add rule inet observer last_in meta l4proto { tcp, udp } counter
add rule inet observer last_out oifname != "lo" meta l4proto { tcp, udp } counter
"""


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
    remove_bed()
    for name in (POD, HOST):
        run("ip", "netns", "add", name)
        run("ip", "-n", name, "link", "set", "lo", "up")
    run("ip", "link", "add", "eth0", "netns", POD, "address", "02:00:00:00:00:05", "type", "veth",
        "peer", "name", "pod0", "netns", HOST, "address", "02:00:00:00:00:01")
    for name, device, v4, v6 in ((POD, "eth0", "10.1.0.5/24", "fd00:1::5/64"), (HOST, "pod0", "10.1.0.1/24", "fd00:1::1/64")):
        run("ip", "netns", "exec", name, "sysctl", "-qw", f"net.ipv6.conf.{device}.accept_dad=0")
        run("ip", "-n", name, "addr", "add", v4, "dev", device)
        run("ip", "-n", name, "addr", "add", v6, "dev", device, "nodad")
        run("ip", "-n", name, "link", "set", device, "up")
    for address, gateway in (("10.1.0.1", "10.1.0.5"), ("fd00:1::1", "fd00:1::5")):
        run("ip", "-n", POD, "neigh", "replace", address, "lladdr", "02:00:00:00:00:01", "dev", "eth0", "nud", "permanent")
        run("ip", "-n", HOST, "neigh", "replace", gateway, "lladdr", "02:00:00:00:00:05", "dev", "pod0", "nud", "permanent")
    run("ip", "-n", POD, "addr", "add", "::6/128", "dev", "lo", "nodad")
    run("ip", "-n", POD, "route", "add", "default", "via", "10.1.0.1")
    run("ip", "-n", POD, "-6", "route", "add", "default", "via", "fd00:1::1")


def remove_bed():
    for name in (POD, HOST):
        subprocess.run(["ip", "netns", "del", name], capture_output=True)


EMPTY = "".join(f"*{table}\nCOMMIT\n" for table in ("raw", "mangle", "nat", "filter"))


def load(ruleset):
    for family, text in (("ip", ruleset["v4"]), ("ip6", ruleset["v6"])):
        run(f"{family}tables-restore", text=EMPTY)
        if text:
            run(f"{family}tables-restore", "--noflush", text=text)


def counters(family):
    """Packets per rule: (table, chain, number) -> count."""
    found, table, numbers = {}, "", {}
    for line in run("iptables-save" if family == 4 else "ip6tables-save", "-c").splitlines():
        if line.startswith("*"):
            table, numbers = line[1:], {}
        rule = re.match(r"\[(\d+):\d+\] -A (\S+)", line)
        if rule:
            chain = rule.group(2)
            numbers[chain] = numbers.get(chain, 0) + 1
            found[(table, chain, numbers[chain])] = int(rule.group(1))
    return found


def observed():
    text = run("nft", "list", "table", "inet", "observer")
    amounts = re.findall(r"counter packets (\d+)", text)
    return [int(amount) for amount in amounts[-2:]]


def send(packet):
    family = socket.AF_INET if packet["family"] == 4 else socket.AF_INET6
    kind = socket.SOCK_STREAM if packet["proto"] == "tcp" else socket.SOCK_DGRAM
    local = packet["origin"] == "local"
    enter(POD if local else HOST)
    try:
        if local:
            os.setegid(packet["gid"])
            os.seteuid(packet["uid"])
        try:
            connection = socket.socket(family, kind)
        finally:
            os.seteuid(0)
            os.setegid(0)
        with connection:
            connection.setblocking(False)
            try:
                if packet.get("boundSrc"):
                    connection.bind((packet["boundSrc"], 0))
                if kind == socket.SOCK_DGRAM:
                    connection.sendto(b"x", (packet["dst"], packet["dport"]))
                else:
                    connection.connect((packet["dst"], packet["dport"]))
            except BlockingIOError:
                pass
            except OSError as error:
                return errno.errorcode.get(error.errno, str(error.errno))
        return None
    finally:
        enter(POD)


def settled(seen):
    """The observer's counters once the packet has gone its way: a busy machine may deliver it a little later."""
    for _ in range(8):
        now = observed()
        if now != seen:
            return now
        time.sleep(0.005)
    return now


def measure(packet):
    before, seen = counters(packet["family"]), observed()
    error = send(packet)
    now = settled(seen)
    after = counters(packet["family"])
    hits = [list(rule) for rule, count in after.items() if count > before.get(rule, 0)]
    return {"hits": hits, "in": now[0] - seen[0], "out": now[1] - seen[1], "error": error}


def main():
    job = json.load(sys.stdin)
    make_bed()
    try:
        enter(POD)
        run("nft", "-f", "-", text=OBSERVER)
        results = []
        for ruleset in job["rulesets"]:
            load(ruleset)
            results.append([measure(packet) for packet in ruleset["packets"]])
        json.dump({"results": results}, sys.stdout)
    finally:
        remove_bed()


main()
