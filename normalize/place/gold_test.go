package place

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"ocopstat/normalize/text"
	"ocopstat/record"
)

// TestGoldPlaces asks that each place of the annotated articles is named, or
// implied by a smaller one, in its article: resolved with the province that the
// rest of the article names, and no date.
func TestGoldPlaces(t *testing.T) {
	g := load(t)
	golds, _ := filepath.Glob(filepath.Join(shared, "gold", "*.gold.jsonl"))
	if len(golds) == 0 {
		t.Skipf("without %s/gold no annotated article is read", shared)
	}
	// Not named at all: figures of the whole country under a ministry's name.
	implied := map[string]bool{"064.txt": true}
	for _, name := range golds {
		article := strings.TrimSuffix(name, ".gold.jsonl") + ".txt"
		b, err := os.ReadFile(article)
		if err != nil {
			t.Fatal(err)
		}
		src := string(b)
		_, body, _ := strings.Cut(src, "\n") // the first line is the URL
		found := resolveAll(g, body)
		for _, geo := range geos(t, name) {
			if !slices.Contains(found, geo) && !implied[filepath.Base(article)] {
				t.Errorf("%s: %s is not among %q", filepath.Base(article), geo, found)
			}
		}
	}
}

// resolveAll returns the paths of all places named in a text and of the
// provinces they lie in, resolved in two passes as a caller does: the first
// province named is the one spoken of.
func resolveAll(g *Gazetteer, src string) []string {
	ctx := Context{At: record.NoDate}
	var out []string
	for range 2 {
		for _, m := range mentions(g, src) {
			p, _, _ := g.Resolve(m, ctx)
			out = append(out, p.Path(), p.ProvinceName)
			if p.Level == record.LevelProvince && !m.InName && !ctx.Province.Known() {
				ctx.Province = p
			}
		}
	}
	return out
}

func geos(t *testing.T, path string) []string {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var out []string
	for s := bufio.NewScanner(f); s.Scan(); {
		var row struct{ Geo string }
		if err := json.Unmarshal(s.Bytes(), &row); err != nil {
			t.Fatal(err)
		}
		if row.Geo != "" && !slices.Contains(out, row.Geo) { // the article need not name one
			out = append(out, row.Geo)
		}
	}
	return out
}

func FuzzScan(f *testing.F) {
	for _, s := range []string{
		"", "TP.HCM", "huyện Châu Thành (Long An)", "các xã A, B và C", "xã Sơn Kim 1 có", "H.", "TP.", "(GLO)- x", "huyện đảo",
		"Bà Rịa - ", "Đăk N'Drót", "xã 1 Bảo Lộc", "\xffHà Nội\xfe", "toàn tỉnh", "(", "Hà\u200b Nội", "hợp tác xã", "quận 99999999999999999999",
	} {
		f.Add(s)
	}
	g := load(f)
	f.Fuzz(func(t *testing.T, src string) {
		toks := text.Scan(nil, src, 0, len(src))
		for i := range toks {
			m, n := g.Scan(src, toks, i)
			if n < 0 || i+n > len(toks) || n > 0 && (m.Start != toks[i].Start || m.End != toks[i+n-1].End || len(m.Candidates) == 0) {
				t.Fatalf("at %d of %q: %d tokens, %+v", i, src, n, m)
			}
			for _, at := range []record.Date{record.NoDate, day2022, day2026} {
				p, basis, _ := g.Resolve(m, Context{At: at})
				if p.Known() != (basis != record.PlaceNone) {
					t.Fatalf("%q: %v with basis %q", src, p, basis)
				}
			}
			if _, _, n := g.SelfReference(toks, i); n < 0 || i+n > len(toks) {
				t.Fatalf("self reference of %d tokens at %d of %q", n, i, src)
			}
		}
		g.FromHost(src)
	})
}

func BenchmarkLoad(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Load(); err != nil {
			b.Fatal(err)
		}
	}
}

// sample is a page of text with names and without.
var sample = strings.Repeat("Theo quyết định UBND tỉnh Quảng Ninh mới ký, kỳ xét năm 2023 có 40 sản phẩm thuộc về 25 doanh nghiệp, HTX, hộ sản "+
	"xuất được cấp chứng nhận OCOP 4 sao cấp tỉnh. Riêng trà hoa vàng Ba Chẽ là 1 sản phẩm tiềm năng 5 sao, tỉnh đang trình hội đồng trung "+
	"ương xem xét. Nhiều sản phẩm nhất là Bảo Thắng (44), sau đó Sa Pa, Bát Xát, Bảo Yên cùng 40 sản phẩm, Bắc Hà 31, còn TP Lào Cai có 7 "+
	"sản phẩm. Song song với nâng chất, tỉnh mở rộng các kênh quảng bá, kết nối tiêu thụ.\n", 30)

func BenchmarkScan(b *testing.B) {
	g := load(b)
	toks := text.Scan(nil, sample, 0, len(sample))
	b.SetBytes(int64(len(sample)))
	b.ReportAllocs()
	for b.Loop() {
		for i := 0; i < len(toks); {
			_, n := g.Scan(sample, toks, i)
			if n == 0 {
				_, _, n = g.SelfReference(toks, i)
			}
			i += max(n, 1)
		}
	}
}

// BenchmarkScanList reads one long line of a hostile kind: names in a list
// without a head.
func BenchmarkScanList(b *testing.B) {
	g := load(b)
	src := strings.Repeat("Tân Lập, Minh Khai, Quang Trung, ", 3000)
	toks := text.Scan(nil, src, 0, len(src))
	b.SetBytes(int64(len(src)))
	b.ReportAllocs()
	for b.Loop() {
		for i := range toks {
			g.Scan(src, toks, i)
		}
	}
}

func BenchmarkResolve(b *testing.B) {
	g := load(b)
	ms := mentions(g, sample)
	b.ReportAllocs()
	for b.Loop() {
		for _, m := range ms {
			g.Resolve(m, Context{At: day2022})
		}
	}
	b.ReportMetric(float64(len(ms)), "mentions/op")
}
