package table

import (
	"fmt"

	"github.com/apache/arrow/go/v17/arrow"
	"github.com/apache/arrow/go/v17/arrow/memory"

	"ocopstat/record"
)

// Place is a row of the table "places".
type Place struct {
	record.Place
	Now string // code of the province of today (record.Vintage34) that it lies in; "" above the provinces
}

// placeColumns is the table of the places that the other tables name, and of
// all provinces of both divisions when the run knows them.
var placeColumns = join(
	place(func(r *Place) *record.Place { return &r.Place }),
	[]column[Place]{
		code("province_code", func(r *Place) *string { return &r.Province }),
		code("province_name", func(r *Place) *string { return &r.ProvinceName }),
		code("place_now_code", func(r *Place) *string { return &r.Now }),
	},
)

// PlacesSchema is the schema of the table "places".
func PlacesSchema() *arrow.Schema { return schemaOf(placeColumns) }

// BuildPlaces fills the table "places" in the order given.
func BuildPlaces(mem memory.Allocator, rows []Place) (arrow.Record, error) {
	return build(mem, placeColumns, rows)
}

// ReadPlaces returns the rows of the table "places".
func ReadPlaces(rec arrow.Record) ([]Place, error) {
	rows, err := read(placeColumns, rec)
	if err != nil {
		return nil, fmt.Errorf("places: %w", err)
	}
	return rows, nil
}

// placeKey is what the tables say of a place; it stands for its row in places.
type placeKey struct {
	level   record.Level
	code    string
	vintage record.Vintage
	name    string
}

func keyOf(p record.Place) placeKey { return placeKey{p.Level, p.Code, p.Vintage, p.Name} }

// gatherPlaces adds every place that the rows name to those given, once each.
func gatherPlaces(r Rows) []Place {
	var out []Place
	seen := map[placeKey]int{}
	add := func(p record.Place, now string) {
		if !p.Known() {
			return
		}
		if now == "" && p.Vintage == record.Vintage34 {
			now = p.Province
		}
		if i, ok := seen[keyOf(p)]; ok {
			if out[i].Now == "" {
				out[i].Now = now
			}
			return
		}
		seen[keyOf(p)] = len(out)
		out = append(out, Place{p, now})
	}
	for _, p := range r.Places {
		add(p.Place, p.Now)
	}
	for _, s := range r.Statistics {
		add(s.Place, s.PlaceNow)
	}
	for _, f := range r.Figures {
		add(f.Place, "")
	}
	for _, c := range r.Checks {
		add(c.Place, "")
	}
	return out
}

// completeProvince fills in what a province's own columns imply.
func completeProvince(p *record.Place) {
	if p.Level == record.LevelProvince {
		p.Province, p.ProvinceName = p.Code, p.Name
	}
}
