package deliver

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"html"
	"io"
	"log/slog"
	netmail "net/mail"
	"net/url"
	"os"
	"runtime"
	"strconv"
	"strings"
	"time"

	"github.com/wneessen/go-mail"

	"ocopstat/export/texts"
)

// Mail says by which server and how a parcel is sent.
type Mail struct {
	From        string // an address, with or without a name: "OCOP <a@b.vn>"
	Server      string // "host", "host:587" (STARTTLS) or "host:465" (TLS from the start)
	Subject     string // "" for the usual one
	Credentials Credentials

	// Insecure also takes a server without TLS, or with a certificate that nobody
	// vouches for. A password is still never sent in the clear.
	Insecure bool

	Attempts int           // tries when the server says to come again; 0 is 3
	Wait     time.Duration // between them, doubled each time; 0 is a minute
	Timeout  time.Duration // of one try; 0 is two minutes

	roots *x509.CertPool // nil for those of the system
}

const defaultPort, implicitTLSPort = 587, 465

// Check reports what is wrong with the settings, before anything is sent.
func (m Mail) Check() error {
	if _, err := netmail.ParseAddress(m.From); err != nil {
		return fmt.Errorf("--from %q is not a mail address", m.From)
	}
	if strings.ContainsFunc(m.Subject, func(r rune) bool { return r < ' ' || r == 0x7f }) {
		return errors.New("--subject must be one line of text")
	}
	_, _, err := m.server()
	return err
}

func (m Mail) server() (host string, port int, err error) {
	u, err := url.Parse("smtp://" + m.Server)
	if err != nil || u.Hostname() == "" || u.Host != m.Server {
		return "", 0, fmt.Errorf("--smtp %q is not a host and port such as mail.example.vn:587", m.Server)
	}
	if u.Port() == "" {
		return u.Hostname(), defaultPort, nil
	}
	port, err = strconv.Atoi(u.Port())
	if err != nil || port < 1 || port > 65535 {
		return "", 0, fmt.Errorf("--smtp %q: the port is a number from 1 to 65535", m.Server)
	}
	return u.Hostname(), port, nil
}

// ToAddress sends a parcel to one address. It tries again when the server says
// that it cannot take the mail now (4xx), and not when it refuses (5xx). The
// ledger is written before and after each try.
func (m Mail) ToAddress(ctx context.Context, p Parcel, to string, job Job) (Outcome, error) {
	if err := m.Check(); err != nil {
		return "", err
	}
	address, err := netmail.ParseAddress(to)
	if err != nil {
		return "", fmt.Errorf("--to %q is not a mail address", to)
	}
	key := strings.ToLower(address.Address)
	if done, err := job.Ledger.check(key, p.SHA256, job.Again); done || err != nil {
		return Already, err
	}
	if job.DryRun {
		return WouldBe, nil
	}
	wait, tries := cmp.Or(m.Wait, time.Minute), cmp.Or(m.Attempts, 3)
	for try := 1; ; try++ {
		err := m.attempt(ctx, p, address, key, job)
		if err == nil {
			return Sent, nil
		}
		var failed *mail.SendError
		if !errors.As(err, &failed) || failed.ErrorCode()/100 != 4 || errors.Is(err, ErrUnknown) || try >= tries {
			return "", m.Credentials.scrub(fmt.Errorf("%s to %s: %w", p.Name, to, err))
		}
		slog.WarnContext(ctx, "the mail server asks to come again", "to", key, "try", try, "wait", wait, "code", failed.ErrorCode())
		select {
		case <-ctx.Done():
			return "", ctx.Err()
		case <-time.After(wait):
		}
		wait *= 2
	}
}

// attempt makes one try and writes down how it ended.
func (m Mail) attempt(ctx context.Context, p Parcel, to *netmail.Address, key string, job Job) error {
	e := entry{To: key, SHA256: p.SHA256, File: p.Name, MessageID: m.messageID(key, p), State: begun, At: job.Now()}
	msg, err := m.message(p, to, e)
	if err != nil {
		return err
	}
	client, err := m.client()
	if err != nil {
		return err
	}
	if err := job.Ledger.put(e); err != nil {
		return err
	}
	sendErr := client.DialAndSendWithContext(ctx, msg)
	e.At = job.Now()
	switch {
	case msg.IsDelivered(): // the server took it, whatever happened at the farewell
		e.State, sendErr = sent, nil
	case !endUnknown(sendErr):
		e.State = failed
	default:
		sendErr = fmt.Errorf("%w (%w)", ErrUnknown, sendErr)
	}
	return errors.Join(sendErr, job.Ledger.put(e))
}

// endUnknown reports whether a try broke off between the last byte of the mail
// and the server's answer: then it may have arrived.
func endUnknown(err error) bool {
	var failed *mail.SendError
	return errors.As(err, &failed) && failed.Reason == mail.ErrSMTPDataClose && failed.ErrorCode() == 0
}

func (m Mail) client() (*mail.Client, error) {
	host, port, err := m.server()
	if err != nil {
		return nil, err
	}
	policy := mail.TLSMandatory
	if m.Insecure {
		policy = mail.TLSOpportunistic
	}
	options := []mail.Option{mail.WithPort(port), mail.WithTimeout(cmp.Or(m.Timeout, 2*time.Minute)), mail.WithTLSPolicy(policy),
		mail.WithTLSConfig(&tls.Config{ServerName: host, MinVersion: tls.VersionTLS12, RootCAs: m.roots, InsecureSkipVerify: m.Insecure})}
	if port == implicitTLSPort {
		options = append(options, mail.WithSSL())
	}
	if m.Credentials.login != nil {
		user, password := m.Credentials.login()
		options = append(options, mail.WithSMTPAuth(mail.SMTPAuthAutoDiscover),
			mail.WithUsername(user), mail.WithPassword(password))
	}
	return mail.NewClient(host, options...)
}

// messageID is the same for the same file to the same recipient, so that a mail
// system which gets it twice after all can tell.
func (m Mail) messageID(key string, p Parcel) string {
	sum := sha256.Sum256([]byte(key + "\n" + p.SHA256))
	domain := "localhost"
	if from, err := netmail.ParseAddress(m.From); err == nil {
		domain = from.Address[strings.LastIndexByte(from.Address, '@')+1:]
	}
	return hex.EncodeToString(sum[:16]) + "@" + domain
}

const xlsxType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

func (m Mail) message(p Parcel, to *netmail.Address, e entry) (*mail.Msg, error) {
	msg := mail.NewMsg()
	if err := errors.Join(msg.From(m.From), msg.To(to.String())); err != nil {
		return nil, err
	}
	msg.Subject(cmp.Or(m.Subject, p.Subject, texts.Of("mail.subject", strings.TrimSuffix(p.Name, ".xlsx")).VI))
	msg.SetDateWithValue(e.At)
	msg.SetMessageIDWithValue(e.MessageID)
	text := cmp.Or(p.Text, texts.Of("mail.body", p.Name).VI+"\n")
	msg.SetBodyString(mail.TypeTextPlain, fmt.Sprintf("%s\n--\n%s, SHA-256 %s\n", text, p.Name, p.SHA256))
	if p.HTML != "" {
		foot := fmt.Sprintf("<p style=\"font-size:70%%;color:#767676\">%s, SHA-256 %s</p>\n</body>", html.EscapeString(p.Name), p.SHA256)
		msg.AddAlternativeString(mail.TypeTextHTML, strings.Replace(p.HTML, "</body>", foot, 1))
	}
	var options []mail.FileOption
	if strings.EqualFold(p.Name[max(0, len(p.Name)-5):], ".xlsx") {
		options = append(options, mail.WithFileContentType(xlsxType))
	}
	return msg, msg.AttachReader(p.Name, bytes.NewReader(p.Body), options...)
}

// The environment variables with the name and password for the mail server.
const (
	EnvUser     = "OCOPSTAT_SMTP_USER"
	EnvPassword = "OCOPSTAT_SMTP_PASSWORD"
)

// Credentials are a name and password. However they are printed or logged, they
// do not show: of a function nothing is printed but its address.
type Credentials struct {
	login func() (user, password string) // nil when mail is sent without signing in
}

func credentials(user, password string) Credentials {
	return Credentials{func() (string, string) { return user, password }}
}

// FromEnvironment takes credentials from the environment; both are set or none.
func FromEnvironment(lookup func(string) (string, bool)) (Credentials, error) {
	user, _ := lookup(EnvUser)
	password, _ := lookup(EnvPassword)
	if (user == "") != (password == "") {
		return Credentials{}, fmt.Errorf("set both %s and %s, or none of them", EnvUser, EnvPassword)
	}
	if user == "" {
		return Credentials{}, nil
	}
	return credentials(user, password), nil
}

// FromFile takes credentials from a file of two lines, the name and the
// password, that nobody but its owner can read (mode 0600 or 0400).
func FromFile(path string) (Credentials, error) {
	f, err := os.Open(path)
	if err != nil {
		return Credentials{}, fmt.Errorf("cannot read the credentials: %w", err)
	}
	defer f.Close()
	info, err := f.Stat() // of the file that is open, so that none takes its place
	if err != nil {
		return Credentials{}, err
	}
	if !info.Mode().IsRegular() {
		return Credentials{}, fmt.Errorf("%s is not a regular file", path)
	}
	if runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0 {
		return Credentials{}, fmt.Errorf("%s can be read or changed by others (mode %04o); run: chmod 600 %s", path, info.Mode().Perm(), path)
	}
	body, err := io.ReadAll(io.LimitReader(f, 4096))
	if err != nil {
		return Credentials{}, fmt.Errorf("cannot read the credentials: %w", err)
	}
	var lines []string
	for s := bufio.NewScanner(bytes.NewReader(body)); s.Scan(); {
		if line := strings.TrimRight(s.Text(), "\r"); line != "" {
			lines = append(lines, line)
		}
	}
	if len(lines) != 2 {
		return Credentials{}, fmt.Errorf("%s must have two lines, the name and the password; it has %d", path, len(lines))
	}
	return credentials(lines[0], lines[1]), nil
}

// scrub takes the credentials out of an error, in case a server repeats them.
func (c Credentials) scrub(err error) error {
	if err == nil || c.login == nil {
		return err
	}
	user, password := c.login()
	text := err.Error()
	encode := base64.StdEncoding.EncodeToString
	for _, secret := range []string{
		password, encode([]byte(password)), encode([]byte("\x00" + user + "\x00" + password)),
	} {
		text = strings.ReplaceAll(text, secret, "[hidden]")
	}
	if text == err.Error() {
		return err
	}
	return errors.New(text)
}
