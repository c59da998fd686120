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
		g.loadRegions, g.loadProvinces, g.loadDistricts, g.loadFormer, g.loadCommunes, g.index,
	} {
		if err := step(); err != nil {
			return nil, fmt.Errorf("place: %w", err)
		}
	}
	g.starts = text.FilterOf(g.start)
	return g, nil
}

// eachRow calls f with the fields of every line that is no comment.
func eachRow(name string, data string, columns int, f func(row []string) error) error {
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
	b, err := files.ReadFile("data/" + name)
	return string(b), err
}

func (g *Gazetteer) eachLine(name string, columns int, f func(row []string) error) error {
	data, err := readFile(name)
	if err != nil {
		return err
	}
	return eachRow(name, data, columns, f)
}

func (g *Gazetteer) loadRegions() error {
	return g.eachLine("regions.tsv", 4, func(r []string) error {
		level, k := record.LevelRegion, kindRegion
		if r[0] == "VN" {
			level, k = record.LevelCountry, kindCountry
		}
		if slices.ContainsFunc(g.regions, func(u unit) bool { return u.Code == r[0] && u.Name == r[1] }) {
			return nil
		}
		g.regions = append(g.regions, unit{kind: k, last: record.NoDate,
			Place: record.Place{Level: level, Code: r[0], Vintage: record.Vintage63, Name: r[1]}})
		return nil
	})
}

func (g *Gazetteer) loadProvinces() error {
	err := g.eachLine("provinces.tsv", 5, func(r []string) error {
		k, err := kindNamed(r[2])
		if k == kindCity {
			k = kindCapital
		}
		g.provinces63 = append(g.provinces63, unit{kind: k, region: r[3], now: r[4], last: record.NoDate,
			Place: province(r[0], record.Vintage63, r[1])})
		return err
	})
	if err != nil {
		return err
	}
	return g.eachLine("provinces34.tsv", 4, func(r []string) error {
		k, err := kindNamed(r[2])
		if k == kindCity {
			k = kindCapital
		}
		g.provinces34 = append(g.provinces34, unit{kind: k, region: r[3], last: record.NoDate,
			Place: province(r[0], record.Vintage34, r[1])})
		return err
	})
}

func province(code string, v record.Vintage, name string) record.Place {
	return record.Place{Level: record.LevelProvince, Code: code, Vintage: v, Name: name, Province: code, ProvinceName: name}
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
	return unit{kind: k, last: record.NoDate, Place: record.Place{Level: record.LevelDistrict, Code: code,
		Vintage: record.Vintage63, Name: name, Province: inProvince, ProvinceName: provinceName}}, nil
}

func (g *Gazetteer) loadDistricts() error {
	return g.eachLine("districts.tsv", 4, func(r []string) error {
		u, err := g.district(r[0], r[1], r[2], r[3])
		g.districts = append(g.districts, u)
		return err
	})
}

func (g *Gazetteer) loadFormer() error {
	return g.eachLine("former.tsv", 5, func(r []string) error {
		u, err := g.district(r[0], r[1], r[2], r[3])
		if err == nil {
			u.last, err = record.ParseDate(r[4])
		}
		g.former = append(g.former, u)
		return err
	})
}

func (g *Gazetteer) loadCommunes() error {
	packed, err := files.ReadFile("data/communes.tsv.gz")
	if err != nil {
		return err
	}
	z, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return fmt.Errorf("data/communes.tsv.gz: %w", err)
	}
	var b strings.Builder
	b.Grow(400 << 10)
	if _, err := io.Copy(&b, z); err != nil {
		return fmt.Errorf("data/communes.tsv.gz: %w", err)
	}
	g.communes63 = make([]unit, 0, 10100)
	g.communes34 = make([]unit, 0, 3400)
	var in *unit // the district or the new province of the following lines
	err = eachRow("communes.tsv.gz", b.String(), 3, func(r []string) error {
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
	if err != nil {
		return err
	}
	for _, list := range [][]unit{g.communes63, g.communes34} {
		slices.SortFunc(list, func(a, b unit) int { return strings.Compare(a.Code, b.Code) })
	}
	return nil
}

func (g *Gazetteer) addCommune(in *unit, r []string) error {
	k, err := kindNamed(r[1])
	if err != nil || in == nil {
		return fmt.Errorf("commune %s is in no unit: %w", r[0], err)
	}
	u := unit{kind: k, last: record.NoDate, Place: record.Place{Level: record.LevelCommune, Code: r[0],
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
