package place

import "ocopstat/record"

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
//   - For an unknown date and province, ctx.Source decides between the vintages
//     of districts and communes.
//   - Districts and communes in ctx.Province come first, then those near a
//     place of ctx.Near, in ctx.Source, and in the province with ctx.Districts
//     districts. A bare name is a district before it is a commune; but where a
//     district elsewhere has the name of a commune of ctx.Province, both remain.
//
// The basis is PlaceText, or PlaceSource when ctx.Source decided, or
// PlaceGazetteer when the text names no province but only one has a district
// or commune of this name.
func (g *Gazetteer) Resolve(m Mention, ctx Context) (p record.Place, basis record.PlaceBasis, others []record.Place) {
	if len(m.Candidates) == 0 {
		return record.Place{}, record.PlaceNone, nil
	}
	if first := m.Candidates[0]; first.Level == record.LevelCountry || first.Level == record.LevelRegion {
		first.Vintage = record.VintageAt(ctx.At)
		return first, record.PlaceText, nil
	}
	var buf [64]int16
	c := newChoice(m.Candidates, buf[:0])
	if m.Typed == "" {
		c.keep(func(p *record.Place) bool { return p.Level == record.LevelProvince })
	}
	g.inForce(&c, ctx.At)
	if !c.any(func(p *record.Place) bool { return p.Level != record.LevelProvince }) {
		p, others = g.provinceAt(&c, ctx.At)
		return p, record.PlaceText, others
	}
	ctx, ok := g.enclosed(&c, m, ctx)
	if !ok {
		return record.Place{}, record.PlaceNone, nil
	}
	if m.Typed == "" && g.firm(&c, ctx) {
		return record.Place{}, record.PlaceNone, c.places()
	}
	basis = g.narrow(&c, ctx)
	if c.single() {
		return g.named(*c.first(), ctx.At), basis, nil
	}
	return record.Place{}, record.PlaceNone, c.places()
}

// inForce drops readings that the date excludes while others remain: units
// dissolved before it, those that took over the name of one still there, and
// Huế as a city under central authority before 2025. For an unknown date the
// last bearer of a name stands.
func (g *Gazetteer) inForce(c *choice, at record.Date) {
	c.keep(func(p *record.Place) bool {
		switch p.Level {
		case record.LevelProvince:
			return p.Name != hue || !at.Known() || at >= hueRenamed
		case record.LevelCommune:
			return true
		}
		last := g.lastDay(p)
		if last.Known() && at.Known() {
			return at <= last
		}
		return !anyOf(c.all, func(q *record.Place) bool {
			if last.Known() { // and the date is not
				return succeeds(q, p)
			}
			return at.Known() && succeeds(p, q) && at <= g.lastDay(q)
		})
	})
}

// lastDay returns the last day of a dissolved district, else NoDate.
func (g *Gazetteer) lastDay(p *record.Place) record.Date {
	if u := find(g.former, p.Code); u != nil && u.Name == p.Name {
		return u.last
	}
	return record.NoDate
}

// succeeds reports whether p and q are two districts of one name and province.
func succeeds(p, q *record.Place) bool {
	return p.Level == q.Level && p.Name == q.Name && p.Province == q.Province && p.Code != q.Code
}

// provinceAt chooses among the vintages of a province.
func (g *Gazetteer) provinceAt(c *choice, at record.Date) (p record.Place, others []record.Place) {
	v := record.VintageAt(at)
	if !at.Known() && c.first().Vintage == v {
		for _, i := range c.left {
			if q := c.all[i]; q.Vintage != v && g.merged(q.Code) {
				others = append(others, q)
			}
		}
	}
	asHue := c.any(func(p *record.Place) bool { return p.Name == hue })
	c.keep(func(p *record.Place) bool { return p.Vintage == v })
	p = *c.first()
	if asHue {
		p.Name, p.ProvinceName = hue, hue
	}
	return g.named(p, at), others
}

// enclosed keeps the readings that lie in what is printed right after the name.
// It reports false when none does although the text means it so.
func (g *Gazetteer) enclosed(c *choice, m Mention, ctx Context) (Context, bool) {
	v, before := record.VintageAt(ctx.At), len(c.left)
	for _, q := range m.Within {
		if len(q) == 0 {
			break
		}
		has := anyOf(q, func(r *record.Place) bool { return r.Vintage == v })
		in := func(p *record.Place) bool {
			return anyOf(q, func(r *record.Place) bool { return (r.Vintage == v || !has) && g.within(p, r) })
		}
		if m.within && !c.any(in) {
			return ctx, false
		}
		c.keep(in)
	}
	if len(c.left) < before && !c.any(func(p *record.Place) bool { return g.within(p, &ctx.Province) }) {
		ctx.Province, ctx.Near = record.Place{}, c.places() // the text says which province
	}
	return ctx, true
}

// firm keeps the readings for which a bare name is enough: districts, and
// communes that carry on the name of a district since there are none. Those in
// the province spoken of come first. It reports doubt where the name is of a
// district elsewhere and of a mere commune in the province spoken of.
func (g *Gazetteer) firm(c *choice, ctx Context) (doubt bool) {
	v := record.VintageAt(ctx.At)
	in := func(p *record.Place) bool { return g.within(p, &ctx.Province) }
	isFirm := func(p *record.Place) bool {
		return p.Level != record.LevelCommune || v == record.Vintage34 && p.Vintage == v && g.carriesOn(p, c.all)
	}
	firmIn := func(p *record.Place) bool { return isFirm(p) && in(p) }
	if c.any(firmIn) {
		c.keep(firmIn)
		return false
	}
	mere := func(p *record.Place) bool { return p.Vintage == v && in(p) }
	doubt = c.any(mere) && c.any(isFirm)
	c.keep(func(p *record.Place) bool { return isFirm(p) || mere(p) })
	return doubt
}

// carriesOn reports whether a commune of Vintage34 has the name of a district
// of its province, which is among the readings of the name.
func (g *Gazetteer) carriesOn(p *record.Place, readings []record.Place) bool {
	return anyOf(readings, func(d *record.Place) bool {
		return d.Level == record.LevelDistrict && g.nowCode(d) == p.Province
	})
}

// narrow keeps the readings that the context favours most.
func (g *Gazetteer) narrow(c *choice, ctx Context) record.PlaceBasis {
	v := record.VintageAt(ctx.At)
	c.keep(func(p *record.Place) bool { return g.within(p, &ctx.Province) })
	if !ctx.At.Known() && !ctx.Province.Known() { // either division may be meant
		c.keep(func(p *record.Place) bool { return g.within(p, &ctx.Source) })
	}
	c.keep(func(p *record.Place) bool { return p.Vintage == v })
	if c.single() {
		if p := c.first(); ctx.Province.Known() || p.Level == record.LevelProvince || g.sameProvince(p, ctx.Near) {
			return record.PlaceText
		}
		return record.PlaceGazetteer
	}
	c.keep(func(p *record.Place) bool {
		return anyOf(ctx.Near, func(q *record.Place) bool { return g.within(p, q) })
	})
	c.keep(func(p *record.Place) bool { return g.sameProvince(p, ctx.Near) })
	if c.single() {
		return record.PlaceText
	}
	c.keep(func(p *record.Place) bool { return g.within(p, &ctx.Source) })
	if c.single() {
		return record.PlaceSource
	}
	if ctx.Districts > 0 {
		c.keep(func(p *record.Place) bool { return g.hasDistricts(p.Province, ctx.Districts) })
	}
	return record.PlaceText
}

// within reports whether p lies in a province or district q, also across the
// vintages: a commune of Bắc Kạn lies in Thái Nguyên now, and one of Thái
// Nguyên now may lie in Bắc Kạn.
func (g *Gazetteer) within(p, q *record.Place) bool {
	switch q.Level {
	case record.LevelProvince:
		return g.oneProvince(p, q)
	case record.LevelDistrict:
		if p.Level == record.LevelDistrict {
			return p.Code == q.Code
		}
		u := g.unitOf(*p)
		return u != nil && u.district != "" && u.district == q.Code
	}
	return false
}

// sameProvince reports whether p lies in the province of one of the places.
func (g *Gazetteer) sameProvince(p *record.Place, near []record.Place) bool {
	return anyOf(near, func(q *record.Place) bool { return q.Province != "" && g.oneProvince(p, q) })
}

// oneProvince reports whether two places lie in one province, across the
// vintages in one of the 34.
func (g *Gazetteer) oneProvince(p, q *record.Place) bool {
	if p.Vintage == q.Vintage {
		return p.Province == q.Province
	}
	return g.nowCode(p) == g.nowCode(q)
}

// nowCode returns the code of the province that a place lies in since the
// merger, "" above the provinces.
func (g *Gazetteer) nowCode(p *record.Place) string {
	if p.Vintage == record.Vintage34 {
		return p.Province
	}
	if u := find(g.provinces63, p.Province); u != nil {
		return u.now
	}
	return ""
}

// merged reports whether a province of the 34 is larger than the one of its
// name before.
func (g *Gazetteer) merged(code string) bool {
	return count(g.provinces63, func(u *unit) bool { return u.now == code }) > 1
}

// hasDistricts reports whether a province of the 63 had n districts on
// 2025-06-30 or, with those dissolved since 2019, before.
func (g *Gazetteer) hasDistricts(province string, n int) bool {
	in := func(u *unit) bool { return u.Province == province }
	now := count(g.districts, in)
	return n >= now && n <= now+count(g.former, in)
}

func count(list []unit, ok func(*unit) bool) (n int) {
	for i := range list { // by index: a unit is large
		if ok(&list[i]) {
			n++
		}
	}
	return n
}

// named gives a resolved place the names of a day: province 46 is Huế since
// 2025. A province whose territory the merger left alone is of the vintage of
// the day.
func (g *Gazetteer) named(p record.Place, at record.Date) record.Place {
	if p.Province == codeHue && at.Known() && at >= hueRenamed {
		p.ProvinceName = hue
		if p.Level == record.LevelProvince {
			p.Name = hue
		}
	}
	if v := record.VintageAt(at); p.Level == record.LevelProvince && p.Vintage != v && at.Known() {
		if find(g.provinces34, p.Code) != nil && !g.merged(p.Code) {
			p.Vintage = v
		}
	}
	return p
}

// choice is a set of readings that rules narrow down. It never becomes empty
// unless it was.
type choice struct {
	all  []record.Place // shared, never changed
	left []int16        // indexes of the readings that are still possible
}

// newChoice starts with all readings; buf is memory for their indexes.
func newChoice(all []record.Place, buf []int16) choice {
	for i := range all {
		buf = append(buf, int16(i))
	}
	return choice{all, buf}
}

// keep drops the readings for which ok does not hold, unless it holds for none.
func (c *choice) keep(ok func(*record.Place) bool) {
	if !c.any(ok) {
		return
	}
	n := 0
	for _, i := range c.left {
		if ok(&c.all[i]) {
			c.left[n] = i
			n++
		}
	}
	c.left = c.left[:n]
}

func (c *choice) any(ok func(*record.Place) bool) bool {
	for _, i := range c.left {
		if ok(&c.all[i]) {
			return true
		}
	}
	return false
}

// first is the reading that stands first in the order of kinds.
func (c *choice) first() *record.Place { return &c.all[c.left[0]] }

// single reports whether one reading is left.
func (c *choice) single() bool { return len(c.left) == 1 }

// places copies the readings that are left.
func (c *choice) places() []record.Place {
	out := make([]record.Place, len(c.left))
	for n, i := range c.left {
		out[n] = c.all[i]
	}
	return out
}

// anyOf reports whether ok holds for one of the places.
func anyOf(list []record.Place, ok func(*record.Place) bool) bool {
	for i := range list {
		if ok(&list[i]) {
			return true
		}
	}
	return false
}
