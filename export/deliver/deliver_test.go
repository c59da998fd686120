package deliver

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"mime"
	"mime/multipart"
	netmail "net/mail"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"
)

const rcpt = "van-phong@example.vn"

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

// desk is a parcel, its ledger and a way to deliver.
type desk struct {
	testing.TB
	dir    string
	parcel Parcel
	job    Job
}

func newDesk(t testing.TB) *desk {
	t.Helper()
	d := &desk{TB: t, dir: t.TempDir()}
	file := filepath.Join(d.dir, "ocopstat-2026-W47.xlsx")
	if err := os.WriteFile(file, []byte("PK\x03\x04 sổ tính"), 0o666); err != nil {
		t.Fatal(err)
	}
	var err error
	if d.parcel, err = Open(file); err != nil {
		t.Fatal(err)
	}
	d.job.Now = func() time.Time { return noon }
	d.reopen()
	return d
}

// reopen is what a program that is started again does.
func (d *desk) reopen() {
	d.Helper()
	if d.job.Ledger != nil {
		if err := d.job.Ledger.Close(); err != nil {
			d.Fatal(err)
		}
	}
	l, err := OpenLedger(context.Background(), filepath.Join(d.dir, "deliveries.csv"))
	if err != nil {
		d.Fatal(err)
	}
	d.job.Ledger = l
}

func (d *desk) state(to string) state {
	if e := d.job.Ledger.find(to, d.parcel.SHA256); e != nil {
		return e.State
	}
	return ""
}

func mailBy(s *server) Mail {
	return Mail{From: "OCOP <thong-ke@example.vn>", Server: s.address(), Wait: time.Millisecond, Timeout: 5 * time.Second, roots: s.roots}
}

func TestMailArrives(t *testing.T) {
	s, d := newServer(t), newDesk(t)
	s.user, s.pass = "thong-ke", "mật khẩu dài"
	m := mailBy(s)
	m.Credentials = credentials(s.user, s.pass)
	got, err := m.ToAddress(t.Context(), d.parcel, rcpt, d.job)
	if err != nil || got != Sent {
		t.Fatalf("%s, %v", got, err)
	}
	mails := s.taken()
	if len(mails) != 1 || !mails[0].encrypted || mails[0].user != "thong-ke" || !strings.Contains(mails[0].to, rcpt) ||
		!strings.Contains(mails[0].from, "thong-ke@example.vn") {
		t.Fatalf("the server took %+v", mails)
	}
	msg, err := netmail.ReadMessage(strings.NewReader(mails[0].data))
	if err != nil {
		t.Fatal(err)
	}
	subject, err := new(mime.WordDecoder).DecodeHeader(msg.Header.Get("Subject"))
	if err != nil || subject != "Thống kê OCOP theo tuần: ocopstat-2026-W47" {
		t.Errorf("subject %q, %v", subject, err)
	}
	if id := msg.Header.Get("Message-ID"); id != "<"+d.job.Ledger.find(rcpt, d.parcel.SHA256).MessageID+">" || !strings.HasSuffix(id, "@example.vn>") {
		t.Errorf("Message-ID %q", id)
	}
	if name, body := attachment(t, msg); name != d.parcel.Name || !bytes.Equal(body, d.parcel.Body) {
		t.Errorf("attached: %q with %d bytes", name, len(body))
	}

	// Again, by a program started anew, and with the address in capitals.
	d.reopen()
	for _, to := range []string{rcpt, strings.ToUpper(rcpt)} {
		if got, err := m.ToAddress(t.Context(), d.parcel, to, d.job); err != nil || got != Already {
			t.Errorf("%s: %s, %v", to, got, err)
		}
	}
	if n := len(s.taken()); n != 1 {
		t.Errorf("%d mails arrived", n)
	}
	d.job.Again = true
	if got, err := m.ToAddress(t.Context(), d.parcel, rcpt, d.job); err != nil || got != Sent || len(s.taken()) != 2 {
		t.Errorf("asked to send again: %s, %v", got, err)
	}
}

// attachment returns the second part of a mail.
func attachment(t *testing.T, msg *netmail.Message) (name string, body []byte) {
	t.Helper()
	_, params, err := mime.ParseMediaType(msg.Header.Get("Content-Type"))
	if err != nil {
		t.Fatal(err)
	}
	parts := multipart.NewReader(msg.Body, params["boundary"])
	for {
		p, err := parts.NextPart()
		if err != nil {
			t.Fatal("no attachment: ", err)
		}
		if p.FileName() == "" {
			continue
		}
		if got := p.Header.Get("Content-Type"); !strings.HasPrefix(got, xlsxType) {
			t.Errorf("attached as %q", got)
		}
		body, err := io.ReadAll(base64.NewDecoder(base64.StdEncoding, p))
		if err != nil {
			t.Fatal(err)
		}
		return p.FileName(), body
	}
}

func TestServersThatDoNotTakeIt(t *testing.T) {
	for name, c := range map[string]struct {
		answer  map[string][]string
		arrived int
		err     string // "" for success
		state   state
		unknown bool
	}{
		"busy once":                 {map[string][]string{"RCPT": {"451 4.7.1 come again"}}, 1, "", sent, false},
		"busy at the end, twice":    {map[string][]string{".": {"452 4.3.1 disk full", "421 4.3.2 closing"}}, 1, "", sent, false},
		"busy for ever":             {map[string][]string{"MAIL": {"451 no", "451 no", "451 no", "451 no"}}, 0, "451", failed, false},
		"no such user":              {map[string][]string{"RCPT": {"550 5.1.1 unknown user"}}, 0, "550", failed, false},
		"refused at the end":        {map[string][]string{".": {"554 5.6.0 looks like spam"}}, 0, "554", failed, false},
		"gone before the text":      {map[string][]string{"DATA": {"drop"}}, 0, "DATA", failed, false},
		"gone before it said taken": {map[string][]string{".": {"drop"}}, 1, "--again", begun, true},
	} {
		t.Run(name, func(t *testing.T) {
			s, d := newServer(t), newDesk(t)
			s.answer = c.answer
			m := mailBy(s)
			_, err := m.ToAddress(t.Context(), d.parcel, rcpt, d.job)
			if (err == nil) != (c.err == "") || err != nil && !strings.Contains(err.Error(), c.err) {
				t.Errorf("error %v, want %q", err, c.err)
			}
			if errors.Is(err, ErrUnknown) != c.unknown {
				t.Errorf("is its end unknown? %v", err)
			}
			if n := len(s.taken()); n != c.arrived {
				t.Errorf("%d mails arrived, want %d", n, c.arrived)
			}
			if got := d.state(rcpt); got != c.state {
				t.Errorf("state %q, want %q", got, c.state)
			}
			// The same command again, with the server well.
			s.mu.Lock()
			s.answer = map[string][]string{}
			s.mu.Unlock()
			d.reopen()
			_, err = m.ToAddress(t.Context(), d.parcel, rcpt, d.job)
			if n := len(s.taken()); n != 1 || errors.Is(err, ErrUnknown) != c.unknown || !c.unknown && err != nil {
				t.Errorf("after another try %d mails arrived, %v", n, err)
			}
		})
	}
}

// Two programs at once send one mail.
func TestTwoAtOnce(t *testing.T) {
	s, d := newServer(t), newDesk(t)
	if err := d.job.Ledger.Close(); err != nil {
		t.Fatal(err)
	}
	var both sync.WaitGroup
	for range 4 {
		both.Go(func() {
			l, err := OpenLedger(t.Context(), filepath.Join(d.dir, "deliveries.csv"))
			if err != nil {
				t.Error(err)
				return
			}
			job := d.job
			job.Ledger = l
			if _, err := mailBy(s).ToAddress(t.Context(), d.parcel, rcpt, job); err != nil {
				t.Error(err)
			}
			if err := l.Close(); err != nil {
				t.Error(err)
			}
		})
	}
	both.Wait()
	if n := len(s.taken()); n != 1 {
		t.Errorf("%d mails arrived", n)
	}
}

func TestEncryptionIsRequired(t *testing.T) {
	open := newServer(t)
	open.noTLS = true
	stranger := newServer(t) // its certificate is nobody's

	t.Run("no STARTTLS", func(t *testing.T) {
		d := newDesk(t)
		m := mailBy(open)
		if _, err := m.ToAddress(t.Context(), d.parcel, rcpt, d.job); err == nil || !strings.Contains(err.Error(), "STARTTLS") {
			t.Errorf("got %v", err)
		}
		if d.state(rcpt) != failed {
			t.Errorf("state %q", d.state(rcpt))
		}
		m.Insecure = true
		if got, err := m.ToAddress(t.Context(), d.parcel, rcpt, d.job); got != Sent || err != nil {
			t.Errorf("insecure: %s, %v", got, err)
		}
	})
	t.Run("unknown certificate", func(t *testing.T) {
		d := newDesk(t)
		m := mailBy(stranger)
		m.roots = newServer(t).roots
		if _, err := m.ToAddress(t.Context(), d.parcel, rcpt, d.job); err == nil || !strings.Contains(err.Error(), "certificate") {
			t.Errorf("got %v", err)
		}
		if n := len(stranger.taken()); n != 0 {
			t.Errorf("%d mails arrived", n)
		}
		m.Insecure = true
		if got, err := m.ToAddress(t.Context(), d.parcel, rcpt, d.job); got != Sent || err != nil {
			t.Errorf("insecure: %s, %v", got, err)
		}
	})
	t.Run("no password in the clear", func(t *testing.T) {
		s, d := newServer(t), newDesk(t)
		s.noTLS, s.user, s.pass = true, "thong-ke", "bí mật"
		m := mailBy(s)
		m.Insecure, m.Credentials = true, credentials(s.user, s.pass)
		if _, err := m.ToAddress(t.Context(), d.parcel, rcpt, d.job); err == nil {
			t.Error("a password was sent without encryption")
		}
		for _, line := range s.lines {
			if strings.HasPrefix(line, "AUTH") {
				t.Errorf("the server heard %q", line)
			}
		}
	})
}

// A server that repeats the password in its answer does not get it printed.
func TestCredentialsAreNeverShown(t *testing.T) {
	var log bytes.Buffer
	before := slog.Default()
	slog.SetDefault(slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug})))
	defer slog.SetDefault(before)
	s, d := newServer(t), newDesk(t)
	s.user, s.pass = "thong-ke", "another"
	m := mailBy(s)
	m.Credentials = credentials("thong-ke", "S3cret-9")
	_, err := m.ToAddress(t.Context(), d.parcel, rcpt, d.job)
	if err == nil || !strings.Contains(err.Error(), "535") {
		t.Fatalf("got %v", err)
	}
	slog.Info("sent", "by", m.Credentials, "mail", m)
	shown := fmt.Sprintf("%v %+v %#v %+v", m, m, m, m.Credentials) + err.Error() + log.String()
	encoded := base64.StdEncoding.EncodeToString([]byte("\x00thong-ke\x00S3cret-9"))
	for _, secret := range []string{"S3cret-9", encoded} {
		if strings.Contains(shown, secret) {
			t.Errorf("%q shows in %s", secret, shown)
		}
	}
}

func TestCredentialsFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "smtp")
	for _, c := range []struct {
		body string
		mode os.FileMode
		err  string
	}{
		{"thong-ke\nmật khẩu \n", 0o600, ""},
		{"thong-ke\r\nmật khẩu \r\n", 0o400, ""},
		{"thong-ke\nmật khẩu \n", 0o640, "chmod 600"},
		{"thong-ke\nmật khẩu \n", 0o604, "chmod 600"},
		{"thong-ke\n", 0o600, "two lines"},
		{"a\nb\nc\n", 0o600, "two lines"},
	} {
		if runtime.GOOS == "windows" && c.err == "chmod 600" {
			continue
		}
		_ = os.Remove(path)
		if err := os.WriteFile(path, []byte(c.body), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chmod(path, c.mode); err != nil {
			t.Fatal(err)
		}
		got, err := FromFile(path)
		if c.err == "" && err != nil {
			t.Errorf("%q %o: %v", c.body, c.mode, err)
		} else if c.err == "" {
			if user, password := got.login(); user != "thong-ke" || password != "mật khẩu " {
				t.Errorf("%q: %q and %q", c.body, user, password)
			}
		}
		if c.err != "" && (err == nil || !strings.Contains(err.Error(), c.err) || strings.Contains(err.Error(), "mật")) {
			t.Errorf("%q %o: %v", c.body, c.mode, err)
		}
	}
	for _, env := range []map[string]string{{EnvUser: "a"}, {EnvPassword: "b"}} {
		if _, err := FromEnvironment(func(k string) (string, bool) { v, ok := env[k]; return v, ok }); err == nil {
			t.Errorf("%v was enough", env)
		}
	}
	if c, err := FromEnvironment(func(string) (string, bool) { return "", false }); err != nil || c.login != nil {
		t.Errorf("an empty environment signs in: %v", err)
	}
}

func TestCheckMail(t *testing.T) {
	good := Mail{From: "a@b.vn", Server: "mail.b.vn:587", Subject: "Thống kê"}
	for name, c := range map[string]struct {
		change func(*Mail)
		err    string
	}{
		"good":         {func(*Mail) {}, ""},
		"no port":      {func(m *Mail) { m.Server = "mail.b.vn" }, ""},
		"IPv6":         {func(m *Mail) { m.Server = "[::1]:25" }, ""},
		"no host":      {func(m *Mail) { m.Server = ":25" }, "--smtp"},
		"path":         {func(m *Mail) { m.Server = "mail.b.vn:25/x" }, "--smtp"},
		"port":         {func(m *Mail) { m.Server = "mail.b.vn:99999" }, "--smtp"},
		"user in it":   {func(m *Mail) { m.Server = "u:p@mail.b.vn:25" }, "--smtp"},
		"sender":       {func(m *Mail) { m.From = "b.vn" }, "--from"},
		"second line":  {func(m *Mail) { m.Subject = "a\r\nBcc: x@y.vn" }, "--subject"},
		"sender lines": {func(m *Mail) { m.From = "a@b.vn\r\nBcc: x@y.vn" }, "--from"},
	} {
		m := good
		c.change(&m)
		if err := m.Check(); (err == nil) != (c.err == "") || err != nil && !strings.Contains(err.Error(), c.err) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestFolder(t *testing.T) {
	d := newDesk(t)
	share := t.TempDir()
	target := filepath.Join(share, d.parcel.Name)
	deliver := func(want Outcome, problem string) {
		t.Helper()
		got, err := ToFolder(d.parcel, share, d.job)
		if problem == "" && (err != nil || got != want) || problem != "" && (err == nil || !strings.Contains(err.Error(), problem)) {
			t.Errorf("%q, %v; want %q %s", got, err, want, problem)
		}
	}
	d.job.DryRun = true
	deliver(WouldBe, "")
	if _, err := os.Stat(target); err == nil {
		t.Error("a dry run copied")
	}
	d.job.DryRun = false
	deliver(Sent, "")
	if body, err := os.ReadFile(target); err != nil || !bytes.Equal(body, d.parcel.Body) {
		t.Errorf("%q, %v", body, err)
	}

	// The office took it away: it does not come back.
	if err := os.Remove(target); err != nil {
		t.Fatal(err)
	}
	d.reopen()
	deliver(Already, "")
	d.job.Again = true
	deliver(Sent, "")
	d.job.Again = false

	// The workbook was made again: it takes the place of the old copy.
	d.parcel.Body, d.parcel.SHA256 = []byte("another"), "b"+d.parcel.SHA256[1:]
	deliver(Sent, "")

	// Not so when somebody worked in the copy, or has it open.
	if err := os.WriteFile(target, []byte("with decisions"), 0o666); err != nil {
		t.Fatal(err)
	}
	d.parcel.SHA256 = "c" + d.parcel.SHA256[1:]
	deliver("", "was changed after it was delivered")
	if body, err := os.ReadFile(target); err != nil || string(body) != "with decisions" {
		t.Errorf("their work is gone: %q, %v", body, err)
	}
	for _, lock := range []string{"~$" + d.parcel.Name, ".~lock." + d.parcel.Name + "#"} {
		path := filepath.Join(share, lock)
		if err := os.WriteFile(path, nil, 0o666); err != nil {
			t.Fatal(err)
		}
		deliver("", "open in another program")
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := ToFolder(d.parcel, d.dir, d.job); err == nil {
		t.Error("copied onto itself")
	}
	if _, err := ToFolder(d.parcel, filepath.Join(d.dir, "gone"), d.job); err == nil || !strings.Contains(err.Error(), "no folder") {
		t.Errorf("got %v", err)
	}
}

// A ledger that cannot be understood stops everything: the file might go twice.
func TestDamagedLedger(t *testing.T) {
	for _, body := range []string{"", "to,sha256\n", "to,sha256,file,message_id,state,at\na,b,c,d,sent,yesterday\n", "\x00\xff\n", "to,sha256,file,message_id,state,at\na,b\n"} {
		path := filepath.Join(t.TempDir(), "deliveries.csv")
		if err := os.WriteFile(path, []byte(body), 0o600); err != nil {
			t.Fatal(err)
		}
		for range 2 { // it does not stay locked
			ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
			_, err := OpenLedger(ctx, path)
			cancel()
			if err == nil || !strings.Contains(err.Error(), "not a ledger") {
				t.Errorf("%q: %v", body, err)
			}
		}
	}
}

// What a ledger says is written and read back the same; nothing else is taken.
func FuzzLedger(f *testing.F) {
	head := "to,sha256,file,message_id,state,at\n"
	f.Add([]byte(head + "a@b.vn,00ff,\"Sổ, tuần 47.xlsx\",id@b.vn,sent,2026-11-23T12:00:00Z\n"))
	f.Add([]byte(head + "/mnt/chung,00ff,a.xlsx,,begun,2026-11-23T19:00:00+07:00\n"))
	f.Add([]byte(head + "a,b,c,d,failed"))
	f.Fuzz(func(t *testing.T, body []byte) {
		entries, err := parseLedger(body)
		if err != nil {
			return
		}
		written, err := formatLedger(entries)
		if err != nil {
			t.Fatal(err)
		}
		back, err := parseLedger(written)
		if err != nil || len(back) != len(entries) {
			t.Fatalf("%q came back as %v, %v", written, back, err)
		}
		for i := range back {
			x, y := entries[i], back[i]
			if x.To != y.To || x.SHA256 != y.SHA256 || x.State != y.State || x.At.Unix() != y.At.Unix() {
				t.Errorf("%+v became %+v", x, y)
			}
		}
	})
}

func TestOpen(t *testing.T) {
	dir := t.TempDir()
	empty := filepath.Join(dir, "empty.xlsx")
	large := filepath.Join(dir, "large.xlsx")
	if err := os.WriteFile(empty, nil, 0o666); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(large, nil, 0o666); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(large, maxBytes+1); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{dir: "not a regular file", empty: "is empty", large: "more than", filepath.Join(dir, "gone.xlsx"): "cannot read"} {
		if _, err := Open(path); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", path, err, want)
		}
	}
}

func TestIsAddress(t *testing.T) {
	for to, want := range map[string]bool{"a@b.vn": true, "./a@b": false, "/srv/a@b": false, "share": false, `C:\a@b`: false} {
		if IsAddress(to) != want {
			t.Errorf("%q: %v", to, !want)
		}
	}
}
