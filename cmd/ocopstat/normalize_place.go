package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"ocopstat/normalize/place"
	"ocopstat/normalize/text"
	"ocopstat/record"
)

// placeLine is a place as "normalize place" prints it.
type placeLine struct {
	Text string `json:"text"`
	placeJSON
	Basis  record.PlaceBasis `json:"basis"`
	Others []placeJSON       `json:"others,omitempty"` // what else it means when the date is not known
}

type placeJSON struct {
	record.Place
	Path string `json:"path"` // "Hậu Giang/Long Mỹ"
}

func placesJSON(places []record.Place) []placeJSON {
	out := make([]placeJSON, len(places))
	for i, p := range places {
		out[i] = placeJSON{p, p.Path()}
	}
	return out
}

// ambiguousPlace is the error of a name with several meanings.
type ambiguousPlace []record.Place

func (a ambiguousPlace) Error() string {
	return fmt.Sprintf("one of %d places; say which with its type word (huyện …), what it lies in (…, tỉnh …), --province or --at", len(a))
}

var errNotPlace = errors.New("not a place name; names begin with capitals, and a commune needs its type word (xã …)")

func newNormalizePlace() *cobra.Command {
	var at, province string
	cmd := &cobra.Command{
		Use:   "place [--at DATE] [--province PROVINCE] [TEXT...]",
		Short: "Read Vietnamese place names",
		Long: `Prints the code (of the General Statistics Office), vintage and name of each
place. The vintage is 63, the provinces until 2025-06-30, or 34, those since;
--at decides, and without it the 63 are meant and "others" has what the name
means since. A name that several places bear is an error, with them in "others".`,
		Example: `  ocopstat normalize place "TP.HCM" "huyện Long Mỹ" "xã Nậm Đét, huyện Bắc Hà, tỉnh Lào Cai"
  ocopstat normalize place --at 2025-08-01 "Phú Thọ"
  ocopstat normalize place --province "Đồng Tháp" "Cao Lãnh"`,
	}
	cmd.Flags().StringVar(&at, "at", "", "the day the text speaks of, YYYY-MM-DD")
	cmd.Flags().StringVar(&province, "province", "", "the province the text speaks of, by name or code")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		day, err := dateOf("at", at)
		if err != nil {
			return err
		}
		gaz, err := place.Load()
		if err != nil {
			return err
		}
		r := placeReader{gaz, place.Context{At: day}}
		if province != "" {
			if r.ctx.Province, err = r.province(province); err != nil {
				return err
			}
		}
		return eachText(cmd, args, r.line)
	}
	return cmd
}

// placeReader reads whole strings as places.
type placeReader struct {
	gaz *place.Gazetteer
	ctx place.Context
}

func (r placeReader) line(s string) (any, error) {
	p, basis, others, err := r.place(s)
	if err != nil {
		return nil, err
	}
	return placeLine{Text: s, placeJSON: placeJSON{p, p.Path()}, Basis: basis, Others: placesJSON(others)}, nil
}

func (r placeReader) place(s string) (p record.Place, basis record.PlaceBasis, others []record.Place, err error) {
	toks := text.Scan(nil, s, 0, len(s))
	if len(toks) == 0 {
		return p, basis, nil, errors.New("nothing to read")
	}
	m, used := r.gaz.Scan(s, toks, 0)
	if used == 0 {
		return p, basis, nil, errNotPlace
	}
	if rest := r.afterWithin(s, toks, used, m); rest < len(toks) {
		return p, basis, nil, fmt.Errorf("not one place name: %q is left over", s[toks[rest].Start:])
	}
	p, basis, others = r.gaz.Resolve(m, r.ctx)
	switch {
	case p.Known():
		return p, basis, others, nil
	case len(others) > 0:
		return p, basis, nil, ambiguousPlace(others)
	}
	return p, basis, nil, errors.New("no place of this name lies where the text says")
}

// afterWithin returns the token after the larger places that follow a mention
// and that it was found to lie in: "xã A (huyện B)", "huyện B, tỉnh C".
func (r placeReader) afterWithin(s string, toks []text.Token, i int, m place.Mention) int {
	for _, larger := range m.Within {
		j := i
		for j < len(toks) && isJoin(toks[j]) {
			j++
		}
		if len(larger) == 0 || j >= len(toks) {
			break
		}
		next, n := r.gaz.Scan(s, toks, j)
		if n == 0 || !slices.ContainsFunc(next.Candidates, func(p record.Place) bool { return slices.Contains(larger, p) }) {
			break
		}
		i = j + n
	}
	for i < len(toks) && toks[i].Key == ')' {
		i++
	}
	return i
}

func isJoin(t text.Token) bool {
	return t.Kind == text.Punct && strings.ContainsRune("(,-–—", rune(t.Key))
}

// province reads the value of --province.
func (r placeReader) province(s string) (record.Place, error) {
	v := record.VintageAt(r.ctx.At)
	for _, v := range []record.Vintage{v, record.Vintage63, record.Vintage34} {
		if p, ok := r.gaz.Province(s, v); ok {
			return p, nil
		}
	}
	p, _, _, err := r.place(s)
	if err != nil || p.Level != record.LevelProvince {
		return record.Place{}, usageError{fmt.Errorf("--province: %q is neither the name nor the code of a province", s)}
	}
	return p, nil
}
