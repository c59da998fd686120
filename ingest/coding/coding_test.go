package coding

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/flate"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zlib"
	"github.com/klauspost/compress/zstd"
)

const plain = "Toàn tỉnh có 175 sản phẩm OCOP, trong đó 68 sản phẩm 4 sao."

func pack(t testing.TB, name, s string) []byte {
	t.Helper()
	var buf bytes.Buffer
	var w io.WriteCloser
	switch name {
	case "gzip":
		w = gzip.NewWriter(&buf)
	case "zlib":
		w = zlib.NewWriter(&buf)
	case "flate":
		w, _ = flate.NewWriter(&buf, 6)
	case "br":
		w = brotli.NewWriter(&buf)
	case "zstd":
		w, _ = zstd.NewWriter(&buf)
	}
	if _, err := io.WriteString(w, s); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

func TestDecode(t *testing.T) {
	gz := pack(t, "gzip", plain)
	for _, c := range []struct {
		name, encoding string
		body           []byte
		want           string
		err            error
	}{
		{"plain", "", []byte(plain), plain, nil},
		{"identity", "identity", []byte(plain), plain, nil},
		{"gzip", "gzip", gz, plain, nil},
		{"old name, odd case", " X-GZIP ", gz, plain, nil},
		{"two members", "gzip", append(bytes.Clone(gz), gz...), plain + plain, nil},
		{"rubbish after the end", "gzip", append(bytes.Clone(gz), "</html>"...), plain, nil},
		{"declared, not done", "gzip", []byte(plain), plain, nil},
		{"declared as br, not done", "br", []byte("<html>" + plain), "<html>" + plain, nil},
		{"done, not declared", "", gz, plain, nil},
		{"looks like gzip, and is none", "", []byte("\x1f\x8b\x08 and nothing else"), "\x1f\x8b\x08 and nothing else", nil},
		{"empty", "gzip", nil, "", nil},
		{"cut off", "gzip", gz[:len(gz)-9], "", ErrDamaged},
		{"wrong checksum", "gzip", flip(gz, len(gz)-6), "", ErrDamaged},
		{"deflate as the standard means it", "deflate", pack(t, "zlib", plain), plain, nil},
		{"deflate as servers send it", "deflate", pack(t, "flate", plain), plain, nil},
		{"brotli", "br", pack(t, "br", plain), plain, nil},
		{"brotli cut off", "br", pack(t, "br", plain)[:20], "", ErrDamaged},
		{"zstd", "zstd", pack(t, "zstd", plain), plain, nil},
		{"stacked", "br, gzip", pack(t, "gzip", string(pack(t, "br", plain))), plain, nil},
		{"stacked too high", "gzip,gzip,gzip,gzip", gz, "", ErrUnknown},
		{"unknown", "compress", gz, "", ErrUnknown},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := Decode(c.body, c.encoding, 1000)
			if string(got) != c.want || !errors.Is(err, c.err) {
				t.Errorf("got %q, %v; want %q, %v", got, err, c.want, c.err)
			}
		})
	}
}

func flip(b []byte, i int) []byte {
	b = bytes.Clone(b)
	b[i] ^= 0xff
	return b
}

func TestBombs(t *testing.T) {
	long := strings.Repeat("0", 10<<20)
	for _, c := range []struct{ name, packer string }{
		{"gzip", "gzip"}, {"deflate", "zlib"}, {"deflate", "flate"}, {"br", "br"}, {"zstd", "zstd"},
	} {
		if _, err := Decode(pack(t, c.packer, long), c.name, 1<<20); !errors.Is(err, ErrTooLarge) {
			t.Errorf("%s: %v", c.packer, err)
		}
		got, err := Decode(pack(t, c.packer, long), c.name, 10<<20)
		if err != nil || len(got) != len(long) {
			t.Errorf("%s at the limit exactly: %d bytes, %v", c.packer, len(got), err)
		}
	}
	// A bomb of many members must not escape the limit one by one.
	many := bytes.Repeat(pack(t, "gzip", long[:1<<19]), 3)
	if _, err := Decode(many, "gzip", 1<<20); !errors.Is(err, ErrTooLarge) {
		t.Errorf("members: %v", err)
	}
}

func FuzzDecode(f *testing.F) {
	for _, name := range []string{"gzip", "zlib", "flate", "br", "zstd"} {
		f.Add(pack(f, name, plain), name)
	}
	f.Fuzz(func(t *testing.T, body []byte, encoding string) {
		out, err := Decode(body, encoding, 4096)
		if len(out) > 4096 {
			t.Errorf("%d bytes past the limit", len(out))
		}
		if err != nil && out != nil {
			t.Error("both a result and an error")
		}
	})
}
