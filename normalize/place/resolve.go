package place

import (
	"slices"

	"ocopstat/record"
)

// Context is what the text around a mention tells about where it speaks of.
type Context struct {
	Province  record.Place   // the province spoken of so far, of either vintage; may be unknown
	Source    record.Place   // the outlet's own province; may be unknown
	At        record.Date    // the day the text speaks of or was published; NoDate unknown
	Near      []record.Place // other places named nearby, resolved or with a single reading
	Districts int            // the number of districts that the text gives the place ("26/30 quận, huyện": 30), 0 unknown
}

// Resolve chooses among the readings of a mention. When two remain p is
// unknown and others lists them. When p rests on the default for an unknown
// date (the 63 provinces), others lists what the name means since 2025-07-01.
//
// The rules, in this order:
//
//   - The vintage is that of ctx.At. A name that only the other vintage has
//     keeps that vintage: "Bắc Giang" in a text of 2026 is the old province.
//   - A bare name that is a province and a district is the province.
//   - What is printed right after the name (m.Within) decides. Where no reading
//     lies in it, the place is one that the gazetteer does not know.
//   - Districts and communes in ctx.Province come first, then those near a
//     place of ctx.Near, in ctx.Source, and in the province with ctx.Districts
//     districts. A bare name is a district before it is a commune; but where a
//     district elsewhere has the name of a commune of ctx.Province, both remain.
//
// The basis is PlaceText, or PlaceSource when ctx.Source decided, or
// PlaceGazetteer when the text names no province but only one has a district
// or commune of this name.
func (g *Gazetteer) Resolve(m Mention, ctx Context) (p record.Place, basis record.PlaceBasis, others []record.Place) {
	var buf [16]record.Place
	c := append(buf[:0], m.Candidates...)
	if len(c) == 0 {
		return record.Place{}, record.PlaceNone, nil
	}
	switch c[0].Level {
	case record.LevelCountry, record.LevelRegion:
		c[0].Vintage = record.VintageAt(ctx.At)
		return c[0], record.PlaceText, nil
	}
	if m.Typed == "" && c[0].Level == record.LevelProvince {
		c = keepIf(c, func(p record.Place) bool { return p.Level == record.LevelProvince })
	}
	c = g.inForce(c, ctx.At)
	if c[0].Level == record.LevelProvince && !anyOf(c, func(p record.Place) bool { return p.Level != record.LevelProvince }) {
		return g.resolveProvince(c, ctx)
	}
	all, v := len(c), record.VintageAt(ctx.At)
	for _, q := range m.Within {
		in := func(p record.Place) bool { return g.withinAny(p, q, v) }
		if m.within && len(q) > 0 && !anyOf(c, in) {
			return record.Place{}, record.PlaceNone, nil // a unit that is not in the gazetteer
		}
		c = keepIf(c, in)
	}
	if len(c) < all && !anyOf(c, func(p record.Place) bool { return g.within(p, ctx.Province) }) {
		ctx.Province, ctx.Near = record.Place{}, c // the text says which province
	}
	if m.Typed == "" {
		var doubt bool
		if c, doubt = g.firm(c, m.Candidates, ctx); doubt {
			return record.Place{}, record.PlaceNone, slices.Clone(c)
		}
	}
	c, basis = g.narrow(c, ctx)
	if len(c) == 1 {
		return g.named(c[0], ctx.At), basis, nil
	}
	return record.Place{}, record.PlaceNone, slices.Clone(c)
}

// inForce drops readings that the date excludes while others remain: units
// dissolved before it, those that took over the name of one still there, and
// Huế as a city under central authority before 2025. For an unknown date the
// last bearer of a name stands.
func (g *Gazetteer) inForce(c []record.Place, at record.Date) []record.Place {
	return keepIf(c, func(p record.Place) bool {
		switch {
		case p.Level == record.LevelProvince:
			return p.Name != hue || !at.Known() || at >= hueRenamed
		case p.Level != record.LevelDistrict:
			return true
		}
		last := g.lastDay(p)
		if last.Known() {
			return at.Known() && at <= last || !at.Known() && !anyOf(c, func(q record.Place) bool { return succeeds(q, p) })
		}
		return !at.Known() || !anyOf(c, func(q record.Place) bool { return succeeds(p, q) && at <= g.lastDay(q) })
	})
}

// lastDay returns the last day of a dissolved district, else NoDate.
func (g *Gazetteer) lastDay(p record.Place) record.Date {
	if u := g.unitOf(p); u != nil {
		return u.last
	}
	return record.NoDate
}

// succeeds reports whether p and q are two districts of one name and province.
func succeeds(p, q record.Place) bool {
	return p.Level == q.Level && p.Name == q.Name && p.Province == q.Province && p.Code != q.Code
}

func (g *Gazetteer) resolveProvince(c []record.Place, ctx Context) (p record.Place, basis record.PlaceBasis, others []record.Place) {
	v := record.VintageAt(ctx.At)
	if !ctx.At.Known() && c[0].Vintage == record.Vintage63 {
		for _, q := range c {
			if q.Vintage == record.Vintage34 && len(g.Parts(q)) > 1 {
				others = append(others, q)
			}
		}
	}
	asHue := anyOf(c, func(p record.Place) bool { return p.Name == hue })
	c = keepIf(c, func(p record.Place) bool { return p.Vintage == v })
	p = c[0]
	if asHue {
		p.Name, p.ProvinceName = hue, hue
	}
	return g.named(p, ctx.At), record.PlaceText, others
}

// firm keeps the readings for which a bare name is enough: districts, and
// communes that carry on the name of a district since there are none. Those in
// the province spoken of come first. There is doubt where the name is of a
// district elsewhere and of a mere commune in the province spoken of.
func (g *Gazetteer) firm(c, all []record.Place, ctx Context) (kept []record.Place, doubt bool) {
	v := record.VintageAt(ctx.At)
	in := func(p record.Place) bool { return g.within(p, ctx.Province) }
	isFirm := func(p record.Place) bool {
		return p.Level != record.LevelCommune || v == record.Vintage34 && p.Vintage == v && g.carriesOn(p, all)
	}
	if anyOf(c, func(p record.Place) bool { return isFirm(p) && in(p) }) {
		return keepIf(c, func(p record.Place) bool { return isFirm(p) && in(p) }), false
	}
	mere := func(p record.Place) bool { return p.Vintage == v && in(p) }
	doubt = anyOf(c, mere) && anyOf(c, isFirm)
	return keepIf(c, func(p record.Place) bool { return isFirm(p) || mere(p) }), doubt
}

// carriesOn reports whether a commune of Vintage34 has the name of a district
// of its province among the readings all.
func (g *Gazetteer) carriesOn(p record.Place, all []record.Place) bool {
	return anyOf(all, func(d record.Place) bool {
		return d.Level == record.LevelDistrict && g.within(d, record.Place{Level: record.LevelProvince,
			Code: p.Province, Vintage: record.Vintage34, Province: p.Province})
	})
}

// narrow keeps the readings that the context favours most.
func (g *Gazetteer) narrow(c []record.Place, ctx Context) ([]record.Place, record.PlaceBasis) {
	v := record.VintageAt(ctx.At)
	c = keepIf(c, func(p record.Place) bool { return g.within(p, ctx.Province) })
	c = keepIf(c, func(p record.Place) bool { return p.Vintage == v })
	if len(c) == 1 {
		if ctx.Province.Known() || c[0].Level == record.LevelProvince || g.sameProvince(c[0], ctx.Near) {
			return c, record.PlaceText
		}
		return c, record.PlaceGazetteer
	}
	c = keepIf(c, func(p record.Place) bool { return g.nearAny(p, ctx.Near) })
	c = keepIf(c, func(p record.Place) bool { return g.sameProvince(p, ctx.Near) })
	if len(c) == 1 {
		return c, record.PlaceText
	}
	c = keepIf(c, func(p record.Place) bool { return g.within(p, ctx.Source) })
	if len(c) == 1 {
		return c, record.PlaceSource
	}
	if ctx.Districts > 0 {
		c = keepIf(c, func(p record.Place) bool { return g.hasDistricts(p.Province, ctx.Districts) })
	}
	return c, record.PlaceText
}

// within reports whether p lies in a province, district or commune q, or q is
// the whole of which p is a part in the other vintage.
func (g *Gazetteer) within(p, q record.Place) bool {
	switch q.Level {
	case record.LevelProvince:
		if p.Vintage == q.Vintage {
			return p.Province == q.Province
		}
		a, ok := g.Now(p)
		b, ok2 := g.Now(q)
		return ok && ok2 && a.Code == b.Code
	case record.LevelDistrict:
		if p.Level == record.LevelCommune {
			u := g.unitOf(p)
			return u != nil && u.district != "" && u.district == q.Code
		}
		return p.Level == q.Level && p.Code == q.Code
	}
	return false
}

// nearAny reports whether p lies in a place named nearby.
func (g *Gazetteer) nearAny(p record.Place, near []record.Place) bool {
	return anyOf(near, func(q record.Place) bool { return g.within(p, q) })
}

// withinAny is nearAny for the readings q of one name in the vintage v, or in
// the other when it has none in v.
func (g *Gazetteer) withinAny(p record.Place, q []record.Place, v record.Vintage) bool {
	has := anyOf(q, func(r record.Place) bool { return r.Vintage == v })
	return anyOf(q, func(r record.Place) bool { return (r.Vintage == v || !has) && g.within(p, r) })
}

// sameProvince reports whether p lies in the province of a place named nearby.
func (g *Gazetteer) sameProvince(p record.Place, near []record.Place) bool {
	return anyOf(near, func(q record.Place) bool {
		return g.within(p, record.Place{Level: record.LevelProvince, Code: q.Province, Vintage: q.Vintage, Province: q.Province})
	})
}

// hasDistricts reports whether a province of the 63 had n districts on
// 2025-06-30 or, with those dissolved since 2019, before.
func (g *Gazetteer) hasDistricts(province string, n int) bool {
	now, before := 0, 0
	for i := range g.districts {
		if g.districts[i].Province == province {
			now++
		}
	}
	for i := range g.former {
		if g.former[i].Province == province && g.former[i].Level == record.LevelDistrict {
			before++
		}
	}
	return n >= now && n <= now+before
}

// named gives a resolved place the names of a day: province 46 was Thừa Thiên
// Huế until 2024-12-31. A province whose territory the merger left alone is of
// the vintage of the day.
func (g *Gazetteer) named(p record.Place, at record.Date) record.Place {
	if p.Province == codeHue && p.Level != record.LevelProvince && at.Known() && at >= hueRenamed {
		p.ProvinceName = hue
	}
	if v := record.VintageAt(at); p.Level == record.LevelProvince && p.Vintage != v && at.Known() {
		if q, ok := g.Province(p.Code, record.Vintage34); ok && len(g.Parts(q)) == 1 {
			p.Vintage = v
		}
	}
	return p
}

// keepIf keeps the places for which ok holds, or all when it holds for none. It
// works in place.
func keepIf(c []record.Place, ok func(record.Place) bool) []record.Place {
	if !anyOf(c, ok) {
		return c
	}
	n := 0
	for _, p := range c {
		if ok(p) {
			c[n] = p
			n++
		}
	}
	return c[:n]
}

func anyOf(c []record.Place, ok func(record.Place) bool) bool { return slices.ContainsFunc(c, ok) }
