package ingest

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"ocopstat/record"
)

const rtf = `{\rtf1\ansi\ansicpg1258 T\u7881\'3fnh c\u243\'3f 12 s\u7843\'3fn ph\u7849\'3fm OCOP.\par}`

// TestConvert turns what only office programs read into what is read here, and
// leaves everything else alone.
func TestConvert(t *testing.T) {
	for _, body := range []string{"<p>x", "%PDF-1.4", "PK\x03\x04", string(zipped(t, "[Content_Types].xml=x")), "{\"rtf\": 1}"} {
		c := record.Capture{URL: "a", Body: []byte(body)}
		got, err := Convert(t.Context(), c)
		if err != nil || string(got.Body) != body {
			t.Errorf("%q: %q, %v", body, got.Body, err)
		}
	}
	if _, err := exec.LookPath("soffice"); err != nil {
		t.Skip("no LibreOffice here")
	}
	temp := t.TempDir()
	t.Setenv("TMPDIR", temp)
	got, err := Convert(t.Context(), record.Capture{URL: "a.rtf", Body: []byte(rtf)})
	if err != nil || !strings.HasPrefix(string(got.Body), "PK") {
		t.Errorf("%.20q, %v", got.Body, err)
	}
	if left, err := os.ReadDir(temp); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

// TestConvertWithout says in one line how to get what is missing.
func TestConvertWithout(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	ole := "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
	for body, kind := range map[string]string{rtf: ".rtf", ole + "W\x00o\x00r\x00d\x00D\x00o\x00c\x00u\x00m\x00e\x00n\x00t\x00": ".doc",
		ole + "W\x00o\x00r\x00k\x00b\x00o\x00o\x00k\x00": ".xls", string(zipped(t, "mimetype=application/vnd.oasis.opendocument.text")): ".odt"} {
		_, err := Convert(t.Context(), record.Capture{URL: "a", Body: []byte(body)})
		var problem record.Problem
		if !errors.As(err, &problem) || !strings.Contains(err.Error(), "is a "+kind+" file") || !strings.Contains(err.Error(), "apt install libreoffice") || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: %v", kind, err)
		}
	}
}

// TestConvertIsKilled ends a program that hangs, and what it started.
func TestConvertIsKilled(t *testing.T) {
	if _, err := exec.LookPath("sh"); err != nil {
		t.Skip("no shell here")
	}
	dir := t.TempDir()
	mark := dir + "/mark"
	script := "#!/bin/sh\n(sleep 4; echo alive > " + mark + ") &\nsleep 600\n"
	if err := os.WriteFile(dir+"/soffice", []byte(script), 0o755); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", dir+":"+os.Getenv("PATH"))
	ctx, cancel := context.WithTimeout(t.Context(), 500*time.Millisecond)
	defer cancel()
	if _, err := Convert(ctx, record.Capture{URL: "a.rtf", Body: []byte(rtf)}); !errors.Is(err, context.DeadlineExceeded) {
		t.Error(err)
	}
	time.Sleep(5 * time.Second)
	if _, err := os.Stat(mark); err == nil {
		t.Error("a child outlived the conversion")
	}
}
