package place

import (
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"ocopstat/normalize/text"
	"ocopstat/record"
)

const shared = "../../../shared"

// table reads one of the tables that the embedded data was made from.
func table(t *testing.T, name string) [][]string {
	t.Helper()
	f, err := os.Open(filepath.Join(shared, "data", name+".csv"))
	if err != nil {
		t.Skipf("without the tables in %s/data the embedded gazetteer is not compared with them", shared)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows[1:]
}

// reach reports whether scanning a type word and a name gives the unit, also in
// capitals and with decomposed letters.
func reach(g *Gazetteer, kind, name string, level record.Level, code string, v record.Vintage) error {
	printed := kind + " " + name
	for _, s := range []string{printed, strings.ToUpper(printed), norm.NFD.String(printed)} {
		m, n := g.Scan(s, text.Scan(nil, s, 0, len(s)), 0)
		if n == 0 || m.End != len(s) {
			return fmt.Errorf("%q is read up to %d", s, m.End)
		}
		found := false
		for _, p := range m.Candidates {
			found = found || p.Level == level && p.Code == code && p.Vintage == v
		}
		if !found {
			return fmt.Errorf("%q does not give %s %s of %s", s, level, code, v)
		}
	}
	return nil
}

func TestEveryProvince(t *testing.T) {
	g := load(t)
	for _, r := range table(t, "provinces") {
		for _, c := range []struct {
			code, name string
			v          record.Vintage
		}{{r[0], r[1], record.Vintage63}, {r[5], r[6], record.Vintage34}} {
			kind := "tỉnh"
			if c.code == codeHue && c.v == record.Vintage63 {
				c.name = "Thừa Thiên Huế"
			}
			if err := reach(g, kind, c.name, record.LevelProvince, c.code, c.v); err != nil {
				t.Error(err)
			}
			if p, ok := g.Province(c.code, c.v); !ok || p.Name != c.name {
				t.Errorf("province %s of %s: %v, want %s", c.code, c.v, p, c.name)
			}
		}
		old, _ := g.Province(r[0], record.Vintage63)
		if now, _ := g.Now(old); now.Code != r[5] {
			t.Errorf("%s lies in %s now, want %s", r[1], now.Code, r[5])
		}
		if got := g.Region(old).Name; got != r[4] {
			t.Errorf("%s is in %s, want %s", r[1], got, r[4])
		}
	}
}

func TestEveryDistrict(t *testing.T) {
	g := load(t)
	for _, name := range []string{"districts", "districts_dissolved_2023_2025"} {
		for _, r := range table(t, name) {
			kind, _, _ := strings.Cut(r[3], " (")
			if err := reach(g, kind, r[2], record.LevelDistrict, r[1], record.Vintage63); err != nil {
				t.Error(err)
			}
		}
	}
}

func TestEveryCommune(t *testing.T) {
	g := load(t)
	for _, r := range table(t, "communes") {
		if r[3] == "N.T Phong Hải" {
			r[3] = "Nông trường Phong Hải"
		}
		if err := reach(g, r[4], r[3], record.LevelCommune, r[2], record.Vintage63); err != nil {
			t.Error(err)
		}
		if c := find(g.communes63, r[2]); c == nil || c.Province != r[0] || c.district != r[1] {
			t.Errorf("commune %s: %v, want %s in %s", r[2], c, r[3], r[1])
		}
	}
	for _, r := range table(t, "communes_2025") {
		if err := reach(g, r[3], r[2], record.LevelCommune, r[1], record.Vintage34); err != nil {
			t.Error(err)
		}
		if c := find(g.communes34, r[1]); c == nil || c.Province != r[0] {
			t.Errorf("commune %s: %v, want it in %s", r[1], c, r[0])
		}
	}
}

// TestCommunesResolve resolves every commune by its type word with its district
// and province behind it, and counts the namesakes that this leaves.
func TestCommunesResolve(t *testing.T) {
	g := load(t)
	wrong, open := 0, 0
	for i := range g.communes63 {
		u := &g.communes63[i]
		district := find(g.districts, u.district)
		printed := fmt.Sprintf("%s %s (%s %s, %s)", kindWords[u.kind], u.Name, kindWords[district.kind],
			strings.TrimPrefix(district.Name, "Thành phố "), u.ProvinceName)
		m, _ := g.Scan(printed, text.Scan(nil, printed, 0, len(printed)), 0)
		switch p, _, _ := g.Resolve(m, Context{At: day2022}); {
		case !p.Known():
			open++
			t.Logf("open: %s", printed)
		case p.Code != u.Code:
			wrong++
			t.Errorf("%s: %s, want %s", printed, p.Code, u.Code)
		}
	}
	if open > 1 {
		t.Errorf("%d communes stay open with district and province named", open)
	}
}

var kindWords = map[kind]string{
	kindCity: "thành phố", kindTown: "thị xã", kindUrban: "quận", kindRural: "huyện",
	kindWard: "phường", kindTownship: "thị trấn", kindCommune: "xã", kindZone: "đặc khu",
}

// TestHandWrittenData checks the tables that people edit.
func TestHandWrittenData(t *testing.T) {
	g := load(t)
	names, err := files.ReadDir("data")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range names {
		if !strings.HasSuffix(f.Name(), ".tsv") {
			continue
		}
		data, err := readFile("data/" + f.Name())
		if err != nil {
			t.Fatal(err)
		}
		head, _, _ := strings.Cut(data, "\n")
		if !strings.Contains(data, "ource") && f.Name() != "aliases.tsv" || !strings.HasPrefix(head, "#") {
			t.Errorf("data/%s names no source", f.Name())
		}
		seen := map[string]int{}
		for i, line := range strings.Split(strings.TrimSuffix(data, "\n"), "\n") {
			if line != text.NFC(line) || strings.TrimSpace(line) != line && !strings.HasSuffix(line, "\t") || line == "" {
				t.Errorf("data/%s:%d: not composed, blank, or with stray spaces: %q", f.Name(), i+1, line)
			}
			if j := seen[line]; j > 0 && !strings.HasPrefix(line, "#") {
				t.Errorf("data/%s:%d: repeats line %d", f.Name(), i+1, j)
			}
			seen[line] = i + 1
		}
	}
	for _, list := range [][]unit{g.provinces63, g.provinces34, g.districts, g.former, g.communes63, g.communes34} {
		for i := range list[:len(list)-1] {
			if list[i].Code > list[i+1].Code {
				t.Errorf("%s comes before %s", list[i].Code, list[i+1].Code)
			}
		}
	}
}

func TestDamagedData(t *testing.T) {
	g := &Gazetteer{}
	for data, want := range map[string]string{
		"a\tb\nx":  "data/x.tsv:2: ",
		"# c\nx\n": "data/x.tsv:2: ",
	} {
		err := rowsOf("x.tsv", data, 2, func(r []string) error {
			if r[0] == "x" {
				_, err := g.district("001", "01", "huyện", "A")
				return err
			}
			return nil
		})
		if err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%q: %v", data, err)
		}
	}
}
