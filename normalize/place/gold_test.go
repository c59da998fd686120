package place

import (
	"testing"

	"ocopstat/normalize/text"
	"ocopstat/record"
)

func load(t testing.TB) *Gazetteer {
	t.Helper()
	g, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// read scans a text and resolves every mention with one context.
func read(g *Gazetteer, src string, ctx Context) (paths []string, mentions []Mention) {
	toks := text.Scan(nil, src, 0, len(src))
	for i := 0; i < len(toks); {
		m, n := g.Scan(src, toks, i)
		if n == 0 {
			i++
			continue
		}
		p, _, _ := g.Resolve(m, ctx)
		paths, mentions = append(paths, p.Path()), append(mentions, m)
		i += n
	}
	return paths, mentions
}

func TestResolveByTypeWord(t *testing.T) {
	g := load(t)
	for src, want := range map[string]string{
		"Hải Dương":         "Hải Dương",
		"TP Hải Dương":      "Hải Dương/Thành phố Hải Dương",
		"huyện Điện Biên":   "Điện Biên/Điện Biên",
		"tỉnh Điện Biên":    "Điện Biên",
		"thị xã Phú Thọ":    "Phú Thọ/Phú Thọ",
		"TP.HCM":            "Hồ Chí Minh",
		"BR-VT":             "Bà Rịa - Vũng Tàu",
		"huyện Châu Thành":  "",
		"xã Tân Lập":        "",
		"Tân Lập":           "-",
		"huyện Quảng Ninh":  "Quảng Bình/Quảng Ninh",
		"hợp tác xã Hà Nội": "Hà Nội",
	} {
		got := "-"
		if paths, _ := read(g, src, Context{At: record.NoDate}); len(paths) > 0 {
			got = paths[0]
		}
		if got != want {
			t.Errorf("%s: %q, want %q", src, got, want)
		}
	}
}
