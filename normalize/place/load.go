package place

import (
	"bytes"
	"compress/gzip"
	"embed"
	"fmt"
	"io"
	"slices"
	"sort"
	"strings"

	"ocopstat/normalize/text"
	"ocopstat/record"
)

//go:embed data/*.tsv data/communes.tsv.gz
var files embed.FS

// Load reads the embedded gazetteer. It takes some milliseconds; do it once.
// An error means that the program was built with damaged data, and names file
// and line.
func Load() (*Gazetteer, error) {
	g := &Gazetteer{start: make(map[text.Key]start, 6000), words: buildWords()}
	for _, step := range []func() error{
		g.loadRegions, g.loadProvinces, g.loadDistricts, g.loadCommunes, g.index,
	} {
		if err := step(); err != nil {
			return nil, fmt.Errorf("place: %w", err)
		}
	}
	g.starts = text.FilterOf(g.start)
	return g, nil
}

// eachRow calls f with the fields of every line of a table that is no comment.
func eachRow(name string, columns int, f func(row []string) error) error {
	data, err := readFile("data/" + name)
	if err != nil {
		return fmt.Errorf("data/%s: %w", name, err)
	}
	return rowsOf(name, data, columns, f)
}

func rowsOf(name, data string, columns int, f func(row []string) error) error {
	row := make([]string, columns)
	for line := 1; data != ""; line++ {
		var s string
		s, data, _ = strings.Cut(data, "\n")
		if s == "" || s[0] == '#' {
			continue
		}
		for i := range row {
			row[i], s, _ = strings.Cut(s, "\t")
		}
		if err := f(row); err != nil {
			return fmt.Errorf("data/%s:%d: %w", name, line, err)
		}
	}
	return nil
}

func readFile(name string) (string, error) {
	data, err := files.ReadFile(name)
	if err != nil || !strings.HasSuffix(name, ".gz") {
		return string(data), err
	}
	z, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return "", err
	}
	var b strings.Builder
	b.Grow(400 << 10)
	_, err = io.Copy(&b, z)
	return b.String(), err
}

func (g *Gazetteer) loadRegions() error {
	return eachRow("regions.tsv", 4, func(r []string) error {
		level, k := record.LevelRegion, kindRegion
		if r[0] == "VN" {
			level, k = record.LevelCountry, kindCountry
		}
		if slices.ContainsFunc(g.regions, func(u unit) bool { return u.Code == r[0] && u.Name == r[1] }) {
			return nil
		}
		g.regions = append(g.regions, unit{kind: k,
			Place: record.Place{Level: level, Code: r[0], Vintage: record.Vintage63, Name: r[1]}})
		return nil
	})
}

// loadProvinces reads the provinces of both divisions; only the table of the 63
// says what each lies in now.
func (g *Gazetteer) loadProvinces() error {
	read := func(name string, v record.Vintage, list *[]unit) error {
		return eachRow(name, 5, func(r []string) error {
			k, err := kindNamed(r[2])
			if k == kindCity {
				k = kindCapital
			}
			*list = append(*list, unit{kind: k, region: r[3], now: r[4],
				Place: record.Place{Level: record.LevelProvince, Code: r[0], Vintage: v, Name: r[1], Province: r[0], ProvinceName: r[1]}})
			return err
		})
	}
	if err := read("provinces.tsv", record.Vintage63, &g.provinces63); err != nil {
		return err
	}
	return read("provinces34.tsv", record.Vintage34, &g.provinces34)
}

// district makes a district of a province. A city that is named like its
// province keeps its type word, as annotators write it.
func (g *Gazetteer) district(code, inProvince, kindWord, name string) (unit, error) {
	k, err := kindNamed(kindWord)
	if err != nil {
		return unit{}, err
	}
	p := find(g.provinces63, inProvince)
	if p == nil {
		return unit{}, fmt.Errorf("district %s: no province %s", code, inProvince)
	}
	provinceName := p.Name
	switch {
	case k == kindCity && (name == p.Name || p.Code == codeHue && name == hue):
		name = cityInName + name
	case k == kindUrban && p.Code == codeHue: // there since the province is named so
		provinceName = hue
	}
	return unit{kind: k, Place: record.Place{Level: record.LevelDistrict, Code: code,
		Vintage: record.Vintage63, Name: name, Province: inProvince, ProvinceName: provinceName}}, nil
}

// loadDistricts reads the districts and the former ones, which have a last day.
func (g *Gazetteer) loadDistricts() error {
	read := func(name string, list *[]unit) error {
		return eachRow(name, 5, func(r []string) error {
			u, err := g.district(r[0], r[1], r[2], r[3])
			if err == nil {
				u.last, err = record.ParseDate(r[4])
			}
			*list = append(*list, u)
			return err
		})
	}
	if err := read("districts.tsv", &g.districts); err != nil {
		return err
	}
	return read("former.tsv", &g.former)
}

func (g *Gazetteer) loadCommunes() error {
	g.communes63 = make([]unit, 0, 10100)
	g.communes34 = make([]unit, 0, 3400)
	var in *unit // the district or the new province of the following lines
	err := eachRow("communes.tsv.gz", 3, func(r []string) error {
		switch r[0] {
		case "@D":
			in = find(g.districts, r[1])
		case "@P":
			in = find(g.provinces34, r[1])
		default:
			return g.addCommune(in, r)
		}
		if in == nil {
			return fmt.Errorf("no unit %s", r[1])
		}
		return nil
	})
	for _, list := range [][]unit{g.communes63, g.communes34} {
		slices.SortStableFunc(list, func(a, b unit) int { return strings.Compare(a.Code, b.Code) })
	}
	return err
}

func (g *Gazetteer) addCommune(in *unit, r []string) error {
	k, err := kindNamed(r[1])
	if err != nil || in == nil {
		return fmt.Errorf("commune %s is in no unit: %w", r[0], err)
	}
	u := unit{kind: k, Place: record.Place{Level: record.LevelCommune, Code: r[0],
		Vintage: in.Vintage, Name: r[2], Province: in.Province, ProvinceName: in.ProvinceName}}
	if in.Level == record.LevelProvince {
		g.communes34 = append(g.communes34, u)
		return nil
	}
	u.district = in.Code
	g.communes63 = append(g.communes63, u)
	return nil
}

// find returns the unit of a code in a list sorted by code, nil when there is
// none.
func find(list []unit, code string) *unit {
	i := sort.Search(len(list), func(i int) bool { return list[i].Code >= code }) // by index: a unit is large
	if i == len(list) || list[i].Code != code {
		return nil
	}
	return &list[i]
}
