package main

import (
	"os"
	"path/filepath"
	"testing"
)

func TestInstrument(t *testing.T) {
	const src = `package p

func f(a, b, c bool, n int) int {
	if a || b && c {
		return 1
	}
	switch {
	case n > 1, n < 0:
		return 2
	}
	switch n {
	case 0:
		return 3
	}
	return 0
}
`
	const want = `package p; import "ocopstat/cmd/train/ablate/sites"

func f(a, b, c bool, n int) int {
	if ((((a) && !sites.Off(1)) || ((b && c) && !sites.Off(2))) && !sites.Off(0)) {
		return 1
	}
	switch {
	case ((n > 1) && !sites.Off(3)), ((n < 0) && !sites.Off(4)):
		return 2
	}
	switch n {
	case 0:
		return 3
	}
	return 0
}
`
	file := filepath.Join(t.TempDir(), "p.go")
	if err := os.WriteFile(file, []byte(src), 0o600); err != nil {
		t.Fatal(err)
	}
	var in instrumenter
	got, err := in.rewrite(file)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
	if len(in.sites) != 5 || in.sites[2].Text != "b && c" || in.sites[2].Func != "f" {
		t.Errorf("sites %+v", in.sites)
	}
}
