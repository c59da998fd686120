package fetch

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"strings"
	"syscall"
	"time"
)

// errNotPublic refuses an address that is not on the public internet.
var errNotPublic = errors.New("not an address on the public internet")

// special are the blocks of the IANA special-purpose address registries that are
// not globally reachable, beyond what netip knows by itself.
var special = prefixes(
	"0.0.0.0/8", "100.64.0.0/10", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "198.18.0.0/15",
	"198.51.100.0/24", "203.0.113.0/24", "240.0.0.0/4",
	"100::/64", "2001::/23", "2001:db8::/32", "3fff::/20", "5f00::/16",
)

// embedding are IPv6 blocks that carry an IPv4 address at the byte given.
var embedding = []struct {
	block netip.Prefix
	at    int
}{
	{netip.MustParsePrefix("64:ff9b::/96"), 12}, // NAT64
	{netip.MustParsePrefix("2002::/16"), 2},     // 6to4
}

func prefixes(list ...string) []netip.Prefix {
	out := make([]netip.Prefix, len(list))
	for i, s := range list {
		out[i] = netip.MustParsePrefix(s)
	}
	return out
}

// isPublic reports whether an address is one that anybody on the internet can reach.
func isPublic(a netip.Addr) bool {
	a = a.Unmap().WithZone("")
	if !a.IsGlobalUnicast() || a.IsPrivate() {
		return false
	}
	for _, p := range special {
		if p.Contains(a) {
			return false
		}
	}
	for _, e := range embedding {
		if e.block.Contains(a) {
			b := a.As16()
			return isPublic(netip.AddrFrom4([4]byte(b[e.at : e.at+4])))
		}
	}
	return a.Is4() || netip.MustParsePrefix("2000::/3").Contains(a)
}

// guard is a net.Dialer's Control: it sees the address after the name has been
// resolved, at every connection, so that no name and no redirect gets round it.
func guard(_, address string, _ syscall.RawConn) error {
	ap, err := netip.ParseAddrPort(address)
	if err != nil {
		return fmt.Errorf("%s: %w", address, errNotPublic)
	}
	if !isPublic(ap.Addr()) {
		return fmt.Errorf("%s: %w", ap.Addr(), errNotPublic)
	}
	return nil
}

// guardName is the check for requests that go through a proxy, which resolves
// names where this program cannot see: what the name stands for here must be
// public too, where it is known here at all.
func (c *Client) guardName(ctx context.Context, host string) error {
	name := strings.ToLower(strings.TrimSuffix(host, "."))
	if a, err := netip.ParseAddr(name); err == nil {
		if !isPublic(a) {
			return fmt.Errorf("%s: %w", host, errNotPublic)
		}
		return nil
	}
	// Numbers such as "2130706433" and "0x7f.1" are addresses to many resolvers.
	last := name[strings.LastIndexByte(name, '.')+1:]
	numeric := strings.Trim(last, "0123456789") == "" || strings.HasPrefix(last, "0x")
	local := !strings.Contains(name, ".") || last == "localhost" || last == "local" || last == "internal" ||
		last == "arpa" || last == "lan" || net.ParseIP(name) != nil
	if numeric || local {
		return fmt.Errorf("%s: %w", host, errNotPublic)
	}
	ctx, cancel := context.WithTimeout(ctx, 3*time.Second)
	defer cancel()
	found, _ := c.opts.Lookup(ctx, "ip", name)
	for _, a := range found {
		if !isPublic(a) {
			return fmt.Errorf("%s (%s): %w", host, a, errNotPublic)
		}
	}
	return nil
}
