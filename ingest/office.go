package ingest

import (
	"archive/zip"
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"ocopstat/record"
)

// Limits of one conversion by LibreOffice.
const (
	convertTime   = 60 * time.Second
	convertMemory = 4 << 20 // KB of address space
)

// NotInstalled is part of the reason of a record.Problem that is gone once a program
// is installed, and so is not to be remembered.
const NotInstalled = "is not installed"

// converting lets one LibreOffice run at a time: each takes some hundred MB.
var converting sync.Mutex

// Convert turns a document of a kind that only office programs read (.doc, .xls,
// .rtf, .odt, .ods) into a .docx or .xlsx by LibreOffice, where that is installed.
// Any other document comes back as it is. The error is a record.Problem, or the
// context's.
func Convert(ctx context.Context, c record.Capture) (record.Capture, error) {
	from, to := officeKind(c.Body)
	if from == "" {
		return c, nil
	}
	problem := func(reason, advice string) (record.Capture, error) {
		return c, record.Problem{Name: c.URL, Reason: reason, Advice: advice}
	}
	program, err := exec.LookPath("soffice")
	if err != nil {
		return problem("is a "+from+" file, which LibreOffice has to read, and that "+NotInstalled,
			"install it (Debian and Ubuntu: apt install libreoffice-writer libreoffice-calc), or save the document as "+to)
	}
	converting.Lock()
	defer converting.Unlock()
	body, err := convert(ctx, program, c.Body, from, to)
	switch {
	case ctx.Err() != nil:
		return c, ctx.Err()
	case err != nil:
		return problem("is a "+from+" file that LibreOffice could not read: "+err.Error(), "open it in an office program and save it as "+to)
	}
	c.Body = body
	return c, nil
}

// officeKind tells by its content which office program a document is of, and what
// it is to become: the endings of files. "" for any other, and for one that is
// encrypted.
func officeKind(b []byte) (from, to string) {
	wide := func(s string) bool {
		return bytes.Contains(b, []byte(strings.Join(strings.Split(s, ""), "\x00")+"\x00"))
	}
	switch {
	case bytes.HasPrefix(bytes.TrimLeft(b, "\ufeff \r\n"), []byte(`{\rtf`)):
		return ".rtf", ".docx"
	case bytes.HasPrefix(b, []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")) && !wide("EncryptedPackage"):
		switch {
		case wide("WordDocument"):
			return ".doc", ".docx"
		case wide("Workbook"), wide("Book"):
			return ".xls", ".xlsx"
		}
	case bytes.HasPrefix(b, []byte("PK")):
		z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
		if err != nil {
			return "", ""
		}
		f, err := z.Open("mimetype")
		if err != nil {
			return "", ""
		}
		defer f.Close()
		switch kind, _ := io.ReadAll(io.LimitReader(f, 100)); strings.TrimPrefix(string(kind), "application/vnd.oasis.opendocument.") {
		case "text", "text-template":
			return ".odt", ".docx"
		case "spreadsheet", "spreadsheet-template":
			return ".ods", ".xlsx"
		}
	}
	return "", ""
}

// noMacros is a profile that runs no macros and loads nothing that a document links to.
const noMacros = `<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
</oor:items>
`

// convert runs LibreOffice with a profile and folder of its own, without the
// network where the system lets a program be cut off, and kills it with all that
// it started when its time is over.
func convert(ctx context.Context, program string, body []byte, from, to string) (out []byte, err error) {
	dir, err := os.MkdirTemp("", "ocopstat-office-")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	profile := filepath.Join(dir, "profile", "user")
	if err := os.MkdirAll(profile, 0o700); err != nil {
		return nil, err
	}
	if err := os.WriteFile(filepath.Join(profile, "registrymodifications.xcu"), []byte(noMacros), 0o600); err != nil {
		return nil, err
	}
	in := filepath.Join(dir, "document"+from)
	if err := os.WriteFile(in, body, 0o600); err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, convertTime)
	defer cancel()
	cmd := outside(ctx, dir, program, "-env:UserInstallation=file://"+filepath.Dir(profile),
		"--headless", "--norestore", "--nolockcheck", "--convert-to", strings.TrimPrefix(to, "."), "--outdir", dir, in)
	said, err := cmd.CombinedOutput()
	if ctx.Err() != nil {
		return nil, fmt.Errorf("it took more than %v", convertTime)
	}
	f, opened := os.Open(filepath.Join(dir, "document"+to))
	if opened != nil {
		return nil, cmp.Or(err, fmt.Errorf("%q", said[:min(len(said), 200)]))
	}
	defer f.Close()
	out, err = io.ReadAll(io.LimitReader(f, maxBytes+1))
	if len(out) > maxBytes {
		return nil, errors.New("it becomes far larger than a document")
	}
	return out, err
}

// outside is a program of others that works in a folder: without the network where
// the system lets it be cut off, with a limit of memory, and killed with all that
// it started when ctx ends.
func outside(ctx context.Context, dir, program string, args ...string) *exec.Cmd {
	const limited = `ulimit -v "$1"; ulimit -c 0; shift; if unshare -rn true 2>/dev/null; then exec unshare -rn "$@"; fi; exec "$@"`
	cmd := exec.CommandContext(ctx, "sh", append([]string{"-c", limited, "sh", fmt.Sprint(convertMemory), program}, args...)...)
	const nowhere = "http://127.0.0.1:9"
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "HOME=" + dir, "TMPDIR=" + dir, "LANG=C.UTF-8", "http_proxy=" + nowhere, "https_proxy=" + nowhere}
	cmd.WaitDelay = time.Second
	withChildren(cmd)
	return cmd
}

// Recognise reads the Vietnamese text in the picture of a page by tesseract, where
// that is installed with its Vietnamese data.
func Recognise(ctx context.Context, picture []byte) (string, error) {
	program, err := exec.LookPath("tesseract")
	if err != nil {
		return "", errors.New("tesseract " + NotInstalled + " (Debian and Ubuntu: apt install tesseract-ocr tesseract-ocr-vie)")
	}
	ctx, cancel := context.WithTimeout(ctx, convertTime)
	defer cancel()
	cmd := outside(ctx, os.TempDir(), program, "-", "-", "-l", "vie")
	var said bytes.Buffer
	cmd.Stdin, cmd.Stderr = bytes.NewReader(picture), &said
	out, err := cmd.Output()
	if err != nil {
		return "", fmt.Errorf("tesseract: %w: %.200q", err, said.String())
	}
	return string(out), nil
}
