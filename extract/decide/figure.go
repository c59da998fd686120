package decide

import (
	"slices"
	"strings"

	"ocopstat/normalize/lexicon"
	"ocopstat/record"
)

// Claim is a number that may be a figure: the rules found what it would count, and
// perhaps something that speaks against it.
type Claim struct {
	record.Figure // what its row would be
	Sentence      int
	Unit          int
	Against       record.Reason // what the rules hold against it, "" for nothing
	Kin           string
	InFront       bool
	Elided        bool
	Generic       bool // "đơn vị", "cơ sở"
	InWords       bool // "một", "hai"
	Orphan        bool // what it was a part of was turned away
	StarsOwn      bool
	PlaceOwn      bool
	WhenOwn       bool
	List          string // how the number before it in its list was settled: "taken", "refused", "-"
	Taken         int    // figures of the article before it
	Since         int    // sentences since the last of them

	IDs []uint64 // of its features, where they are kept
}

// ClaimName stands for the decision whether a number is a figure, where lines of
// weights name a dimension.
const ClaimName = "figure"

// How likely the other must be, as a logarithm of the odds, before a number that the
// rules hold nothing against is turned away, and before one that they do is taken.
const (
	refuseMargin = 1.0
	acceptMargin = 0.5
)

// Takes reports whether a number is a figure.
func (m *Model) Takes(a *Article, c *Claim) bool {
	odds := m.claimOdds(a, c)
	if c.Against == "" {
		return odds > -refuseMargin
	}
	return odds > acceptMargin
}

func (m *Model) claimOdds(a *Article, c *Claim) float64 {
	mem := m.scratch()
	mem.reset()
	defer m.memory.Put(mem)
	f := Features{sum: &mem.claim}
	f.sum.use(&m.claims, 0, mem)
	total := f.start(mem)
	a.claim(c, &f)
	return float64(total[0]) / unit
}

// KeepFeatures keeps the features of a claim with it; names takes their names.
func (a *Article) KeepFeatures(c *Claim, names map[uint64]string) {
	f := Features{Names: names, src: a.Text}
	a.claim(c, &f)
	f.unique()
	c.IDs = f.IDs
}

// againstNames are short names of what speaks against a number.
var againstNames = map[record.Reason]string{
	"": "-", record.NotOCOP: "ocop", record.OneProducer: "own", record.PerUnit: "each", record.MixedDisplay: "shown", record.NotOurs: "other",
	record.Unattached: "bare",
}

// The prefixes of words near a claim, by side and what speaks against it.
var claimWords = func() map[string][2]prefix {
	out := map[string][2]prefix{"": {prefixOf("NL"), prefixOf("NR")}}
	for _, n := range againstNames {
		out[n] = [2]prefix{prefixOf("NL" + n), prefixOf("NR" + n)}
	}
	return out
}()

var claimBefore, claimBehind, claimAround, claimSaid = prefixOf("NB"), prefixOf("NH"), prefixOf("NA"), prefixOf("NS")

// near is how many units on either side of a number are looked at one by one to tell
// whether it is a figure.
const near = 6

// claim adds the features by which it is decided whether a number is a figure.
func (a *Article) claim(c *Claim, f *Features) {
	s := &a.Sentences[c.Sentence]
	against := againstNames[c.Against]
	what := string(c.Subject) + string(c.Measure)
	if c.Generic {
		what = "unit"
	}
	f.Add("always")
	f.Add("against:", against)
	both := func(name string, value ...string) { f.both(against, name, value...) }
	both("what", what)
	both("kind", string(c.Producer), what)
	both("kin", c.Kin)
	both("rule", c.Rule)
	both("elided", yes(c.Elided), yes(c.InFront))
	both("words", yes(c.InWords), magnitude(c.Value.Float()))
	both("one", yes(c.Value.Equal(record.Int(1))), yes(c.InWords), what)
	both("size", what, magnitude(c.Value.Float()))
	both("orphan", yes(c.Orphan))
	both("stars", yes(c.StarsOwn), string(c.Stars))
	both("placed", yes(c.PlaceOwn), yes(c.WhenOwn))
	both("level", string(c.Place.Level), what)
	both("move", string(c.Movement), string(c.Status))
	both("list", c.List, what)
	both("taken", distances[min(c.Taken, 3)], distances[min(c.Since, 4)])
	both("block", string(s.Kind), yes(s.InList))
	owner, apart := s.ownerBefore(c.Unit)
	both("owner", owner)
	both("ownerfar", owner, distance(apart), what)
	if owner == "-" && c.Sentence > 0 {
		p := &a.Sentences[c.Sentence-1]
		before, _ := p.ownerBefore(len(p.Units))
		both("ownerbefore", before, what)
	}
	a.claimWordsOf(s, c, against, f)
}

// both adds a feature whose value is the parts one after the other, alone and with
// what speaks against the number.
func (f *Features) both(against, name string, value ...string) {
	h := hashString(hashString(offset64, name), ":")
	for _, p := range value {
		h = hashString(h, p)
	}
	told := hashString(hashString(h, "@"), against)
	if f.push(h) {
		f.Names[h] = name + ":" + strings.Join(value, "")
	}
	if f.push(told) {
		f.Names[told] = name + ":" + strings.Join(value, "") + "@" + against
	}
}

// ownerBefore is the last place, producer or person named in the sentence before unit
// at, and how far away.
func (s *Sentence) ownerBefore(at int) (kind string, apart int) {
	for i := at - 1; i >= 0 && i > at-reach; i-- {
		switch u := &s.Units[i]; u.Kind {
		case Org:
			return "org", at - i
		case Place:
			return "place", at - i
		case Self:
			return "self", at - i
		case Noun:
			if u.Name != "<product>" && u.Name != "<producer>" && u.Name != "<dossier>" {
				return u.Name, at - i
			}
		case Cue:
			if s.Marks[u.Mark].says("person") {
				return "person", at - i
			}
		}
	}
	return "-", 0
}

// says reports whether a mark is a marker of this code.
func (m *Mark) says(code string) bool {
	return slices.ContainsFunc(m.Entries, func(e lexicon.Entry) bool { return e.Kind == lexicon.Marker && e.Code == code })
}

// claimWordsOf adds the words and terms around a claim.
func (a *Article) claimWordsOf(s *Sentence, c *Claim, against string, f *Features) {
	us := s.Units
	plain, told := claimWords[""], claimWords[against]
	for side := range 2 {
		comma := false
		for n := 1; n <= 3*near; n++ {
			i := c.Unit - n
			if side == 1 {
				i = c.Unit + n
			}
			if i < 0 || i >= len(us) {
				break
			}
			u := &us[i]
			if n <= near && !comma {
				f.words(plain[side], *u)
				f.words(told[side], *u)
			}
			comma = comma || u.Key == ',' || u.Key == ';' || u.Key == ':'
			if m := u.Mark; m >= 0 && s.Marks[m].Unit == i {
				for _, e := range s.Marks[m].Entries {
					f.Add("cue", regionNames[3*side], yes(comma), kindNames[e.Kind], ":", e.Code)
					f.Add("cue", regionNames[3*side], kindNames[e.Kind], ":", e.Code, "@", against)
				}
			}
		}
	}
	f.run(claimBefore, us, c.Unit-2, c.Unit)
	f.run(claimBehind, us, c.Unit+1, c.Unit+3)
	if c.Unit > 0 && c.Unit+1 < len(us) {
		f.words(claimAround, us[c.Unit-1], us[c.Unit+1])
	}
	for i := range us[:min(len(us), 2*reach)] {
		if us[i].Kind == Cue && s.Marks[us[i].Mark].Unit == i {
			for _, e := range s.Marks[us[i].Mark].Entries {
				if e.Kind == lexicon.Other || e.Kind == lexicon.Marker || e.Kind == lexicon.Facet {
					f.Add("says:", kindNames[e.Kind], ":", e.Code, "@", against)
				}
			}
		}
	}
	for i := max(0, c.Unit-reach); i < min(len(us), c.Unit+reach); i++ {
		if us[i].Kind == Word || us[i].Kind == Cue {
			f.words(claimSaid, us[i])
		}
	}
	ocop := "n"
	for i := range us[:min(len(us), 2*reach)] {
		if us[i].Key == ocopKey || us[i].Kind == Stars {
			ocop = "y"
		}
	}
	f.Add("ocop:", ocop, "@", against, string(c.Subject))
}

var ocopKey = uint64(words.Key("ocop"))
