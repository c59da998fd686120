package source

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"ocopstat/normalize/place"
	"ocopstat/record"
)

// The catalogue that comes with the program must cover the country and say of
// every row how it was established.
func TestDefault(t *testing.T) {
	all, err := Load("")
	if err != nil {
		t.Fatal(err)
	}
	g, err := place.Load()
	if err != nil {
		t.Fatal(err)
	}
	hosts := map[string]bool{} // the provinces of both divisions whose portal is a host or an alias
	has := map[Authority]map[string]bool{Portal: {}, Newspaper: {}, Agency: {}, Aggregator: {}}
	for _, s := range all {
		has[s.Authority][s.Province] = true
		if !strings.HasPrefix(s.Note, "seen: ") && !strings.HasPrefix(s.Note, "unverified: ") {
			t.Errorf("line %d: %s does not say how it was established: %q", s.Line, s.ID, s.Note)
		}
		if s.Province == "" {
			continue
		}
		if _, ok := g.Province(s.Province, record.Vintage34); !ok {
			t.Errorf("line %d: no province has the code %s", s.Line, s.Province)
		}
		// The host may name a province; where it does it must be the row's.
		for _, host := range append([]string{s.Host}, s.Aliases...) {
			p, ok := g.FromHost(host)
			if now, known := g.Now(p); ok && known && now.Code != s.Province && now.Province != s.Province {
				t.Errorf("line %d: %s is of %s by its host, of %s by its row", s.Line, host, now.Code, s.Province)
			}
			if other, ok := ByHost(all, "https://www."+host+"/tin"); !ok || other.ID != s.ID && host != other.Host {
				t.Errorf("line %d: %s is a host of %s", s.Line, host, other.ID)
			}
			if ok && s.Authority == Portal {
				hosts[p.Name] = true
			}
		}
	}
	for _, p := range g.Provinces(record.Vintage63) {
		if !hosts[p.Name] {
			t.Errorf("no portal has the host of %s, now or before", p.Name)
		}
	}
	for _, p := range g.Provinces(record.Vintage34) {
		if !has[Newspaper][p.Code] || !has[Portal][p.Code] {
			t.Errorf("%s (%s): newspaper %v, portal %v", p.Name, p.Code, has[Newspaper][p.Code], has[Portal][p.Code])
		}
	}
	for _, a := range []Authority{Portal, Newspaper, Agency, Aggregator} {
		if !has[a][""] {
			t.Errorf("no national source of authority %s", a)
		}
	}
}

const head = "id\toutlet\thost\tprovince\tkind\turl\tpattern\tauthority\tnote\n"

func TestRead(t *testing.T) {
	good := "\ufeff# mine\r\n\r\n" + strings.TrimSpace(head) + "\r\nthu\tBáo Thử\tbaothu.vn\t91\tfeed\thttps://www.baothu.vn/rss\t-\\d+\\.html$\tnewspaper\tby hand\r\n" +
		"thu\tBáo Thử\tbaothu.vn\t91\tlisting\thttps://baothu.vn/\t\tnewspaper\n" +
		"in\tHộp thư\t\t\tfolder\tinbox\t\tportal\t\n"
	all, err := Read(strings.NewReader(good), "x.tsv")
	if err != nil || len(all) != 3 {
		t.Fatal(all, err)
	}
	if s := all[0]; s.ID != "thu" || s.Kind != Feed || !s.Pattern.MatchString("/a-1.html") || s.Note != "by hand" || s.Line != 4 || s.Province != "91" {
		t.Errorf("%+v", s)
	}
	if all[1].Pattern != nil || all[2].Kind != Folder {
		t.Errorf("%+v", all)
	}
	for row, want := range map[string]string{
		"Thử\tB\tb.vn\t\tfeed\thttps://b.vn/\t\tnewspaper\t":       "small letters",
		"a\t\tb.vn\t\tfeed\thttps://b.vn/\t\tnewspaper\t":          "no outlet",
		"a\tB\tb.vn\t9\tfeed\thttps://b.vn/\t\tnewspaper\t":        "two digits",
		"a\tB\tb.vn\t\trss\thttps://b.vn/\t\tnewspaper\t":          "write feed, sitemap",
		"a\tB\tb.vn\t\tfeed\tb.vn/rss\t\tnewspaper\t":              "https://",
		"a\tB\tb.vn\t\tfeed\tfile:///etc/passwd\t\tnewspaper\t":    "https://",
		"a\tB\tc.vn\t\tfeed\thttps://b.vn/\t\tnewspaper\t":         "make them one",
		"a\tB\twww.b.vn\t\tfeed\thttps://www.b.vn/\t\tnewspaper\t": "without www",
		"a\tB\tb.vn\t\tfeed\thttps://b.vn/\t(\tnewspaper\t":        "pattern",
		"a\tB\tb.vn\t\tfeed\thttps://b.vn/\t\tblog\t":              "portal, newspaper",
		"a\tB\t\t\tfolder\t\t\tportal\t":                           "no folder",
		"thu\tBáo Thử\tbaothu.vn\t91\tlisting\thttps://baothu.vn/\t\tnewspaper\t\nthu\tKhác\tbaothu.vn\t91\tfeed\thttps://baothu.vn/rss\t\tnewspaper\t": "differs from line 2",
		"a\tB\tb.vn\t\tfeed\thttps://b.vn/\t\tnewspaper\t\na\tB\tb.vn\t\tfeed\thttps://b.vn/\t\tnewspaper\t":                                            "stands in line 2 already",
	} {
		if _, err := Read(strings.NewReader(head+row+"\n"), "x.tsv"); err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "x.tsv, line ") {
			t.Errorf("%q: %v; want %q", row, err, want)
		}
	}
	for text, want := range map[string]string{"": "no header line", "id\tname\n": `"outlet" is missing`} {
		if _, err := Read(strings.NewReader(text), "x.tsv"); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func TestLoad(t *testing.T) {
	path := filepath.Join(t.TempDir(), "s.tsv")
	if _, err := Load(path); err == nil {
		t.Error("a file out of nothing")
	}
	if err := os.WriteFile(path, embedded, 0o644); err != nil {
		t.Fatal(err)
	}
	if all, err := Load(path); err != nil || len(all) < 100 {
		t.Error(len(all), err)
	}
}

func TestByHost(t *testing.T) {
	all := []Source{{ID: "a", Host: "bao.vn"}, {ID: "b", Host: "tinh.bao.vn"}, {ID: "in"}}
	for address, want := range map[string]string{
		"https://bao.vn/x": "a", "http://www.bao.vn/": "a", "https://m.bao.vn/x": "a", "https://tinh.bao.vn/x": "b",
		"https://www.tinh.bao.vn/x": "b", "https://khongbao.vn/": "", "https://bao.vn.evil.com/": "", "": "", "file:///a": "",
	} {
		if s, ok := ByHost(all, address); s.ID != want || ok != (want != "") {
			t.Errorf("%s: %q, %v", address, s.ID, ok)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add(string(embedded))
	f.Add(head + "a\tB\tb.vn\t\tfeed\thttps://b.vn/\t(\tnewspaper\t")
	f.Fuzz(func(t *testing.T, s string) {
		all, err := Read(strings.NewReader(s), "x")
		for _, x := range all {
			if x.ID == "" || x.Line == 0 {
				t.Errorf("%+v, %v", x, err)
			}
		}
	})
}

// TestProvinces: the catalogue has today's 34 provinces, each with two ways in at
// least, and says how each row was established.
func TestProvinces(t *testing.T) {
	all, err := Load("")
	if err != nil {
		t.Fatal(err)
	}
	ways := map[string]int{}
	for _, s := range all {
		ways[s.Province]++
		if s.Note == "" {
			t.Errorf("line %d has no note", s.Line)
		}
	}
	delete(ways, "")
	if len(ways) != 34 {
		t.Errorf("%d provinces", len(ways))
	}
	for code, n := range ways {
		if n < 2 {
			t.Errorf("province %s has one way in", code)
		}
	}
}

// TestMended writes new addresses into a catalogue that can be read again; articles
// of the old host still belong to the source.
func TestMended(t *testing.T) {
	all, err := Load("")
	if err != nil {
		t.Fatal(err)
	}
	old := all[0]
	text, err := Mended("", map[int]string{old.Line: "https://moi." + old.Host + "/tin"}, "2026-11-28")
	if err != nil {
		t.Fatal(err)
	}
	again, err := Read(strings.NewReader(text), "mended")
	if err != nil {
		t.Fatal(err)
	}
	now := again[0]
	if now.Host != "moi."+old.Host || now.URL != "https://moi."+old.Host+"/tin" || len(now.Aliases) != 1 || now.Aliases[0] != old.Host ||
		!strings.HasSuffix(now.Note, "moved, found by a check on 2026-11-28: was "+old.URL) {
		t.Errorf("%+v", now)
	}
	if s, ok := ByHost([]Source{now}, old.URL+"bai-1.html"); !ok || s.ID != old.ID {
		t.Error("the old host is forgotten")
	}
	if same, err := Mended("", nil, ""); err != nil || strings.Count(same, "\n") != strings.Count(text, "\n") {
		t.Error("lines were lost", err)
	}
}
