package place

import (
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"ocopstat/normalize/lexicon"
	"ocopstat/record"
)

// hosts are the names of provinces and districts as hosts spell them: without
// tones, marks and spaces.
type hosts struct {
	provinces []hostName // longest first
	districts map[string][]record.Place
}

type hostName struct {
	name  string
	place record.Place // unknown for a word that only contains a province's name
}

// hostWords are those that hosts are made of.
var hostWords = lexicon.Of("host")

// hostAliases are further spellings of provinces in hosts.
var hostAliases = []struct{ name, code string }{
	{"hcm", "79"}, {"tphcm", "79"}, {"hcmc", "79"}, {"brvt", "77"}, {"vungtau", "77"},
	{"daclac", "66"}, {"hue", "46"}, {"baccan", "06"}, {"dongkhoi", "83"}, {"apbac", "82"}, // the last two name newspapers
}

// hostAffixes stand around a province's name.
var hostAffixes = setOf(hostWords.Words("affix"))

// hostInitials and hostRimes make up the syllables of Vietnamese without marks.
var (
	hostInitials = setOf(strings.Fields("b c ch d g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x"))
	hostRimes    = setOf(strings.Fields("a ac ach ai am an ang anh ao ap at au ay e ec ech em en eng enh eo ep et eu i ia ich iec " +
		"iem ien ieng iep iet ieu im in inh ip it iu o oa oac oach oai oam oan oang oanh oat oay oc oe oen oeo oet oi om on ong op " +
		"ot u ua uan uang uat uay uc ue uech uenh ui um un ung uoc uoi uom uon uong uop uot uou up ut uu uy uya uych uyen uyet uynh " +
		"uyt y yem yen yet yeu"))
)

func setOf(words []string) map[string]bool {
	m := make(map[string]bool, len(words))
	for _, w := range words {
		m[w] = true
	}
	return m
}

func (g *Gazetteer) addHosts() {
	g.hosts.districts = make(map[string][]record.Place, 800)
	for i := range g.provinces63 {
		p := g.provinces63[i].Place
		g.hosts.provinces = append(g.hosts.provinces, hostName{Toneless(p.Name), p})
	}
	for _, a := range hostAliases {
		p, _ := g.Province(a.code, record.Vintage63)
		g.hosts.provinces = append(g.hosts.provinces, hostName{a.name, p})
	}
	for _, w := range hostWords.Words("no-place") {
		g.hosts.provinces = append(g.hosts.provinces, hostName{name: w})
	}
	slices.SortStableFunc(g.hosts.provinces, func(a, b hostName) int { return len(b.name) - len(a.name) })
	for _, u := range slices.Concat(g.districts, g.former) {
		name := Toneless(strings.TrimPrefix(u.Name, cityInName))
		g.hosts.districts[name] = append(g.hosts.districts[name], u.Place)
	}
}

// Toneless spells a name as hosts do, without marks and blanks: "Bà Rịa - Vũng Tàu" is "bariavungtau".
func Toneless(s string) string {
	b := make([]byte, 0, len(s))
	for _, r := range norm.NFD.String(strings.ToLower(s)) {
		switch {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			b = append(b, byte(r))
		case r == 'đ':
			b = append(b, 'd')
		}
	}
	return string(b)
}

// FromHost returns the province of Vintage63, or the district, that the host of
// a URL names: "baobackan.com.vn", "snnptnt.thuathienhue.gov.vn",
// "bachthong.gov.vn". It looks at the host only. A name inside a longer word is
// taken when what stands around it is known or reads as syllables in no other
// way; a host that names two provinces names none. Districts are read from the
// hosts of authorities and beside their province.
func (g *Gazetteer) FromHost(urlOrHost string) (record.Place, bool) {
	labels := hostLabels(urlOrHost)
	official := len(labels) > 1 && labels[len(labels)-2] == "gov"
	var province record.Place
	for _, l := range labels {
		p, ok := g.provinceIn(l)
		if ok && province.Known() && p.Code != province.Code {
			return record.Place{}, false
		}
		if ok {
			province = p
		}
	}
	for _, l := range labels {
		if d, ok := g.districtIn(l, province, official); ok {
			return d, true
		}
	}
	return province, province.Known()
}

// FromAddress is FromHost, and where the host names no place the province whose name
// alone is the first folder of the URL, as national portals have one a province:
// "vietnam.vn/hoa-binh/…".
func (g *Gazetteer) FromAddress(url string) (record.Place, bool) {
	if p, ok := g.FromHost(url); ok {
		return p, true
	}
	_, rest, _ := strings.Cut(url, "://")
	_, path, _ := strings.Cut(rest, "/")
	first, _, more := strings.Cut(path, "/")
	name := strings.ReplaceAll(strings.ToLower(first), "-", "")
	for _, h := range g.hosts.provinces {
		if more && h.name == name {
			return h.place, h.place.Known()
		}
	}
	return record.Place{}, false
}

// hostLabels returns the labels of a host in small letters, dashes taken out.
func hostLabels(s string) []string {
	if _, rest, ok := strings.Cut(s, "://"); ok {
		s = rest
	}
	if i := strings.IndexAny(s, "/?#"); i >= 0 {
		s = s[:i]
	}
	if i := strings.LastIndexByte(s, '@'); i >= 0 {
		s = s[i+1:]
	}
	s, _, _ = strings.Cut(s, ":")
	if len(s) > 253 { // longer than a host can be
		return nil
	}
	return strings.Split(strings.ReplaceAll(strings.ToLower(strings.TrimSuffix(s, ".")), "-", ""), ".")
}

// provinceIn returns the province that a label names.
func (g *Gazetteer) provinceIn(label string) (record.Place, bool) {
	var found record.Place
	start, end := 0, 0 // of the longest name
	word := false
	for _, h := range g.hosts.provinces {
		i := strings.Index(label, h.name)
		if i < 0 || end > 0 && i >= start && i+len(h.name) <= end && found.Code != h.place.Code {
			continue // none, or inside a longer name of another
		}
		if end > 0 && found.Code != h.place.Code {
			return record.Place{}, false
		}
		if end == 0 {
			found, start, end = h.place, i, i+len(h.name)
		}
		word = word || framed(label, i, i+len(h.name))
	}
	return found, word && found.Known()
}

// framed reports whether label[start:end] is a word of its own.
func framed(label string, start, end int) bool {
	before, after := label[:start], strings.TrimRight(label[end:], "0123456789")
	affix := func(w string) bool { return hostAffixes[w] }
	return composed(before, affix) && composed(after, affix) ||
		end-start >= len("hanoi") && syllables(before) && syllables(after) && !crossed(label, start) && !crossed(label, end)
}

// syllables reports whether s reads as syllables.
func syllables(s string) bool { return composed(s, readsAsSyllable) }

// composed reports whether s is a sequence of words that ok accepts.
func composed(s string, ok func(string) bool) bool {
	if len(s) > 40 {
		return false
	}
	reach := make([]bool, len(s)+1)
	reach[0] = true
	for i := range len(s) {
		for j := i + 1; reach[i] && j <= len(s) && j-i <= 16; j++ {
			reach[j] = reach[j] || ok(s[i:j])
		}
	}
	return reach[len(s)]
}

// crossed reports whether the label also reads as syllables one of which spans
// the cut: "hoan giang" beside "ho an giang".
func crossed(label string, cut int) bool {
	for i := max(0, cut-6); i < cut; i++ {
		for j := cut + 1; j <= min(len(label), i+7); j++ {
			if readsAsSyllable(label[i:j]) && syllables(label[:i]) && syllables(label[j:]) {
				return true
			}
		}
	}
	return false
}

func readsAsSyllable(s string) bool {
	if len(s) > 7 {
		return false
	}
	for i := 0; i <= min(3, len(s)-1); i++ {
		if (i == 0 || hostInitials[s[:i]]) && hostRimes[s[i:]] {
			return len(s) > 1
		}
	}
	return false
}

// districtIn returns the district that a label names as a whole or with words
// for a unit around it.
func (g *Gazetteer) districtIn(label string, province record.Place, official bool) (record.Place, bool) {
	name, city, unit := g.unitName(label)
	if !unit && !official && !province.Known() {
		return record.Place{}, false
	}
	var found record.Place
	for _, d := range g.hosts.districts[name] {
		if province.Known() && d.Province != province.Code || found.Known() && found.Code == d.Code {
			continue
		}
		if Toneless(d.ProvinceName) == name && !city {
			continue // the label names the province
		}
		if found.Known() {
			return record.Place{}, false
		}
		found = d
	}
	return found, found.Known()
}

// unitName takes the words for an office and a unit off a label: "ubndthixasapa"
// is sapa. It reports whether they are for a city or town, and whether for a
// unit at all.
func (g *Gazetteer) unitName(label string) (name string, city, unit bool) {
	for _, suffix := range []string{"city", "info", "portal"} {
		if rest, ok := strings.CutSuffix(label, suffix); ok && len(g.hosts.districts[rest]) > 0 {
			return rest, suffix == "city", suffix == "city"
		}
	}
	name = label
	for _, w := range unitWords {
		for _, prefix := range hostWords.Words(w.code) {
			rest, ok := strings.CutPrefix(name, prefix)
			if len(g.hosts.districts[name]) > 0 || !ok {
				continue
			}
			name, city, unit = rest, city || w.city, unit || w.unit
		}
	}
	return name, city, unit
}

// unitWords are the codes of the words before the name of a district, in the
// order in which they stand.
var unitWords = []struct {
	code       string
	city, unit bool
}{{"office", false, false}, {"rural", false, true}, {"town", true, true}, {"city", true, true}, {"urban", false, false}, {"short", true, false}}
