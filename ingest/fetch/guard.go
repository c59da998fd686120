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

	"code.dny.dev/ssrf"
)

// errNotPublic refuses an address that is not on the public internet.
var errNotPublic = errors.New("not an address on the public internet")

// guardian knows the blocks of addresses that are not globally reachable, and nat64
// the one that carries addresses of IPv4.
var (
	guardian = ssrf.New()
	nat64    = netip.MustParsePrefix("64:ff9b::/96")
)

// isPublic reports whether an address is one that anybody on the internet can reach.
func isPublic(a netip.Addr) bool {
	a = a.Unmap().WithZone("")
	if b := a.As16(); nat64.Contains(a) {
		a = netip.AddrFrom4([4]byte(b[12:]))
	}
	return guardian.SafeAddr(a) == nil
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
