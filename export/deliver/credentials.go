package deliver

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"runtime"
	"strings"
)

// The environment variables with the name and password for the mail server.
const (
	EnvUser     = "OCOPSTAT_SMTP_USER"
	EnvPassword = "OCOPSTAT_SMTP_PASSWORD"
)

// Credentials are a name and password. However they are printed or logged, they
// do not show.
type Credentials struct{ user, password string }

// None reports whether there are none: mail is then sent without signing in.
func (c Credentials) None() bool { return c.user == "" }

func (c Credentials) String() string       { return "[hidden]" }
func (c Credentials) GoString() string     { return "[hidden]" }
func (c Credentials) LogValue() slog.Value { return slog.StringValue("[hidden]") }

// FromEnvironment takes credentials from the environment; both are set or none.
func FromEnvironment(lookup func(string) (string, bool)) (Credentials, error) {
	user, _ := lookup(EnvUser)
	password, _ := lookup(EnvPassword)
	if (user == "") != (password == "") {
		return Credentials{}, fmt.Errorf("set both %s and %s, or none of them", EnvUser, EnvPassword)
	}
	return Credentials{user, password}, nil
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
	return Credentials{lines[0], lines[1]}, nil
}

// scrub takes the credentials out of an error, in case a server repeats them.
func (c Credentials) scrub(err error) error {
	if err == nil || c.None() {
		return err
	}
	text := err.Error()
	encode := base64.StdEncoding.EncodeToString
	for _, secret := range []string{
		c.password, encode([]byte(c.password)), encode([]byte("\x00" + c.user + "\x00" + c.password)),
	} {
		text = strings.ReplaceAll(text, secret, "[hidden]")
	}
	if text == err.Error() {
		return err
	}
	return errors.New(text)
}
