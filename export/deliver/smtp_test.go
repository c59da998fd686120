package deliver

import (
	"bufio"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"fmt"
	"math/big"
	"net"
	"net/textproto"
	"strings"
	"sync"
	"testing"
	"time"
)

// server is a mail server on the loopback interface.
type server struct {
	t        testing.TB
	listener net.Listener
	cert     tls.Certificate
	roots    *x509.CertPool

	noTLS bool // offers no STARTTLS
	user  string
	pass  string
	// answer replaces the answer to a command ("MAIL", "RCPT", "DATA", "." for the
	// end of the text), each element once; "" is the usual answer, "drop" breaks
	// the connection off.
	answer map[string][]string

	mu    sync.Mutex
	mails []received
	lines []string // every command that came, for those who look for secrets
}

// received is a mail that the server took.
type received struct {
	from, to, data string
	encrypted      bool
	user           string
}

func newServer(t testing.TB) *server {
	t.Helper()
	s := &server{t: t, answer: map[string][]string{}}
	s.cert, s.roots = selfSigned(t)
	var err error
	if s.listener, err = net.Listen("tcp", "127.0.0.1:0"); err != nil {
		t.Skip("no loopback interface: ", err)
	}
	var sessions sync.WaitGroup
	sessions.Go(func() {
		for {
			c, err := s.listener.Accept()
			if err != nil {
				return
			}
			context.AfterFunc(t.Context(), func() { _ = c.Close() }) // a client that went without a word
			sessions.Go(func() { s.session(c) })
		}
	})
	t.Cleanup(func() {
		_ = s.listener.Close()
		sessions.Wait()
	})
	return s
}

func (s *server) address() string { return s.listener.Addr().String() }

// selfSigned makes a certificate for 127.0.0.1 and the pool that trusts it.
func selfSigned(t testing.TB) (tls.Certificate, *x509.CertPool) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "mail of the test"}, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign, IsCA: true, BasicConstraintsValid: true,
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	leaf, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	pool := x509.NewCertPool()
	pool.AddCert(leaf)
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, pool
}

// next is the answer to a command.
func (s *server) next(command, usual string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if list := s.answer[command]; len(list) > 0 {
		s.answer[command] = list[1:]
		if list[0] != "" {
			return list[0]
		}
	}
	return usual
}

func (s *server) session(c net.Conn) {
	defer func() { _ = c.Close() }()
	_ = c.SetDeadline(time.Now().Add(20 * time.Second))
	in := textproto.NewReader(bufio.NewReader(c))
	say := func(text string) bool {
		if text == "drop" {
			return false
		}
		_, err := fmt.Fprintf(c, "%s\r\n", text)
		return err == nil
	}
	if !say("220 mail.test ESMTP") {
		return
	}
	var mail received
	for {
		line, err := in.ReadLine()
		if err != nil {
			return
		}
		s.mu.Lock()
		s.lines = append(s.lines, line)
		s.mu.Unlock()
		verb, rest, _ := strings.Cut(line, " ")
		ok := true
		switch strings.ToUpper(verb) {
		case "EHLO":
			ok = say("250-mail.test") && say("250-8BITMIME") && say("250-ENHANCEDSTATUSCODES")
			if ok && !s.noTLS && !mail.encrypted {
				ok = say("250-STARTTLS")
			}
			if ok && s.user != "" && (mail.encrypted || s.noTLS) {
				ok = say("250-AUTH PLAIN LOGIN")
			}
			ok = ok && say("250 SIZE 40000000")
		case "STARTTLS":
			if !say("220 go ahead") {
				return
			}
			secure := tls.Server(c, &tls.Config{Certificates: []tls.Certificate{s.cert}})
			if secure.Handshake() != nil {
				return
			}
			c, in, mail.encrypted = secure, textproto.NewReader(bufio.NewReader(secure)), true
		case "AUTH":
			mail.user = s.signIn(rest)
			if mail.user == "" {
				ok = say("535 5.7.8 not accepted: " + rest) // a server that repeats what it was told
			} else {
				ok = say("235 2.7.0 welcome")
			}
		case "MAIL":
			mail.from = rest
			ok = say(s.next("MAIL", "250 2.1.0 ok"))
		case "RCPT":
			mail.to = rest
			ok = say(s.next("RCPT", "250 2.1.5 ok"))
		case "DATA":
			answer := s.next("DATA", "354 go on")
			if ok = say(answer); !ok || !strings.HasPrefix(answer, "354") {
				break
			}
			text, err := in.ReadDotBytes()
			if err != nil {
				return
			}
			answer = s.next(".", "250 2.0.0 taken")
			if answer == "drop" || strings.HasPrefix(answer, "250") {
				s.mu.Lock()
				mail.data = string(text)
				s.mails = append(s.mails, mail)
				s.mu.Unlock()
			}
			ok = say(answer)
		case "NOOP", "RSET":
			ok = say("250 2.0.0 ok")
		case "QUIT":
			_ = say("221 bye")
			return
		default:
			ok = say("500 5.5.1 what?")
		}
		if !ok {
			return
		}
	}
}

// signIn returns the user of a right AUTH PLAIN, else "".
func (s *server) signIn(rest string) string {
	mechanism, initial, _ := strings.Cut(rest, " ")
	plain, err := base64.StdEncoding.DecodeString(initial)
	if mechanism != "PLAIN" || err != nil || string(plain) != "\x00"+s.user+"\x00"+s.pass {
		return ""
	}
	return s.user
}

// taken are the mails that the server took so far.
func (s *server) taken() []received {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]received(nil), s.mails...)
}
