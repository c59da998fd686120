package ask

import (
	"context"
	"crypto/subtle"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"ocopstat/export/texts"
)

// The cookies: one proves that the browser was opened with the token, the other
// remembers who signs.
const (
	tokenCookie = "ocopstat-token"
	byCookie    = "ocopstat-by"
)

// Guard lets requests through that come from a browser of this machine which was
// opened with the token, to a name of this machine, and from no other site: the
// Host header is a loopback address or localhost (a name that somebody else's
// DNS leads here is none), the cookie has the token, and what changes something
// says an Origin that is this server.
func Guard(next http.Handler, token string) http.Handler {
	cross := http.NewCrossOriginProtection()
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", "default-src 'none'; style-src 'self'; script-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "same-origin") // with none at all, browsers do not say the origin either
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Cache-Control", "no-store")
		switch given := r.URL.Query().Get("token"); {
		case !local(r.Host):
			http.Error(w, texts.Of("ask.forbidden").VI, http.StatusForbidden)
		case r.Method != http.MethodGet && r.Method != http.MethodHead && (r.Header.Get("Origin") != "http://"+r.Host || cross.Check(r) != nil):
			http.Error(w, texts.Of("ask.forbidden").VI, http.StatusForbidden)
		case r.Method == http.MethodGet && r.URL.Path == "/" && same(given, token):
			http.SetCookie(w, &http.Cookie{Name: tokenCookie, Value: token, Path: "/", HttpOnly: true, SameSite: http.SameSiteStrictMode})
			http.Redirect(w, r, "/", http.StatusSeeOther)
		case !same(cookie(r, tokenCookie), token):
			http.Error(w, texts.Of("ask.forbidden").VI, http.StatusForbidden)
		default:
			next.ServeHTTP(w, r)
		}
	})
}

// local reports a Host header that names this machine.
func local(host string) bool {
	name, _, err := net.SplitHostPort(host)
	if err != nil {
		name = host
	}
	ip := net.ParseIP(name)
	return name == "localhost" || ip != nil && ip.IsLoopback()
}

func same(a, b string) bool { return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1 }

func cookie(r *http.Request, name string) string {
	c, err := r.Cookie(name)
	if err != nil {
		return ""
	}
	return c.Value
}

// sign remembers who answers, so that the name is written once.
func sign(w http.ResponseWriter, by string) {
	http.SetCookie(w, &http.Cookie{Name: byCookie, Value: url.QueryEscape(by), Path: "/", HttpOnly: true, SameSite: http.SameSiteStrictMode})
}

func signed(r *http.Request) string {
	by, _ := url.QueryUnescape(cookie(r, byCookie)) // what cannot be read is nobody
	return by
}

// Serve answers on a port of 127.0.0.1, on any that is free for 0, until ctx is
// done. ready is told the address to open, with the token in it.
func Serve(ctx context.Context, port uint16, desk Desk, token string, ready func(address string)) error {
	h, err := Handler(desk, token)
	if err != nil {
		return err
	}
	l, err := net.Listen("tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(int(port))))
	if err != nil {
		return fmt.Errorf("cannot listen: %w; choose another port", err)
	}
	server := &http.Server{Handler: h, ReadTimeout: 10 * time.Second, WriteTimeout: time.Minute, IdleTimeout: time.Minute, MaxHeaderBytes: 16 << 10}
	stop := context.AfterFunc(ctx, func() {
		grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
		defer cancel()
		_ = server.Shutdown(grace) // what is not done by then is cut off
	})
	defer stop()
	ready("http://" + l.Addr().String() + "/?token=" + token)
	if err := server.Serve(l); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}
