package article

import (
	_ "embed"
	"slices"
	"strings"
	"sync"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// role is what an element's name, class and id say it is for. They are hints: the text decides in doubt.
type role uint32

const (
	roleSkip    role = 1 << iota // never text: scripts, forms' fields, hidden parts
	roleJunk                     // related articles, sharing, sidebars; a name alone may mislead
	roleFrame                    // navigation, footers, pop-ups: never the article
	roleBody                     // the article's body
	roleTitle                    //
	roleLead                     //
	roleByline                   //
	roleDate                     //
	roleCaption                  //
	roleBlock                    // starts and ends a line
	roleFont                     // sets a font that draws other letters than it is told
	roleH1                       //
	roleHeading                  // h1 to h6
	roleItem                     //
	roleFigure                   //
	roleTable                    //
	roleHead                     // the head of a table
	roleBold                     //
)

// tagRoles are the roles that follow from the element's name.
func tagRole(a atom.Atom) role {
	switch a {
	case atom.Script, atom.Style, atom.Noscript, atom.Iframe, atom.Template, atom.Svg, atom.Math, atom.Button, atom.Select,
		atom.Option, atom.Textarea, atom.Input, atom.Object, atom.Embed, atom.Audio, atom.Video, atom.Canvas, atom.Dialog,
		atom.Head, atom.Link, atom.Meta, atom.Title, atom.Label, atom.Datalist, atom.Map:
		return roleSkip
	case atom.Nav, atom.Footer, atom.Menu:
		return roleFrame | roleBlock
	case atom.Aside:
		return roleJunk | roleBlock
	case atom.Figcaption, atom.Caption:
		return roleCaption | roleBlock
	case atom.H1:
		return roleH1 | roleHeading | roleBold | roleBlock
	case atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		return roleHeading | roleBold | roleBlock
	case atom.Li, atom.Dd:
		return roleItem | roleBlock
	case atom.Figure:
		return roleFigure | roleBlock
	case atom.Table:
		return roleTable | roleBlock
	case atom.Thead:
		return roleHead | roleBlock
	case atom.B, atom.Strong:
		return roleBold
	case atom.Time:
		return roleDate
	case atom.Article, atom.Main:
		return roleBlock
	case atom.P, atom.Div, atom.Section, atom.Ul, atom.Ol, atom.Dl, atom.Dt, atom.Tbody, atom.Tfoot, atom.Tr, atom.Td,
		atom.Th, atom.Blockquote, atom.Pre, atom.Form, atom.Fieldset, atom.Header, atom.Hr, atom.Address, atom.Center,
		atom.Body, atom.Html, atom.Br, atom.Details, atom.Summary, atom.Hgroup, atom.Dir:
		return roleBlock
	}
	return 0
}

// nameRole reads the roles that a class or id shows. Names that tell a state of
// the whole, like "has-sidebar" and "modal-enabled", tell nothing of the element.
func nameRole(name string) role {
	var r role
	for token := range strings.FieldsSeq(name) {
		if !tellsState(token) {
			r |= tokenRole(token)
		}
	}
	return r
}

// The beginnings and ends of names that tell a state of the whole.
var (
	stateStarts = []string{"has-", "no-", "with-", "without-", "js-", "is-", "tag-", "category-", "post-tag"}
	stateEnds   = []string{"-enabled", "-open", "-visible", "-closed", "-left", "-right"}
)

func tellsState(name string) bool {
	return strings.IndexByte(name, '-') > 0 && (slices.ContainsFunc(stateStarts, func(s string) bool { return strings.HasPrefix(name, s) }) ||
		slices.ContainsFunc(stateEnds, func(s string) bool { return strings.HasSuffix(name, s) }))
}

// tokenRole reads a name word by word, and two and three words that follow each
// other also as one. Words end at marks and at changes from small letters to
// capitals: "VCRelatedNews-item" is vcrelated, news, item.
func tokenRole(name string) role {
	var r role
	roles := wordRoles()
	letters := make([]byte, 0, 64)
	var starts [3]int // in letters, of this word and the two before
	for i := 0; i < len(name); {
		from := i
		for i < len(name) && name[i] >= 'A' && name[i] <= 'Z' {
			i++
		}
		for i < len(name) && name[i] >= 'a' && name[i] <= 'z' {
			i++
		}
		if i == from {
			i++
			continue
		}
		starts = [3]int{len(letters), starts[0], starts[1]}
		for _, c := range []byte(name[from:i]) {
			letters = append(letters, c|0x20)
		}
		for _, start := range starts {
			r |= roles[string(letters[start:])]
		}
	}
	return r
}

//go:embed roles.tsv
var rolesTSV string

// wordRoles are the roles that words show.
var wordRoles = sync.OnceValue(func() map[string]role {
	named := map[string]role{"junk": roleJunk, "frame": roleFrame, "body": roleBody, "title": roleTitle, "lead": roleLead,
		"byline": roleByline, "date": roleDate, "caption": roleCaption}
	roles := map[string]role{}
	for line := range strings.Lines(rolesTSV) {
		name, words, _ := strings.Cut(line, "\t")
		for word := range strings.FieldsSeq(words) {
			roles[word] = named[name]
		}
	}
	return roles
})

// roleOf reads the roles of an element. Results for class names are kept in
// seen, because a page repeats them.
func roleOf(n *html.Node, seen map[string]role) role {
	r := tagRole(n.DataAtom)
	if r&roleSkip != 0 || n.DataAtom == atom.Body || n.DataAtom == atom.Html {
		return r
	}
	for i := range n.Attr {
		a := &n.Attr[i]
		switch a.Key {
		case "class", "id":
			known, ok := seen[a.Val]
			if !ok {
				known = nameRole(a.Val)
				seen[a.Val] = known
			}
			r |= known
		case "itemprop":
			r |= itempropRole(a.Val)
		case "role":
			switch a.Val {
			case "navigation", "complementary", "contentinfo", "search", "banner", "dialog", "menu":
				r |= roleFrame
			}
		case "hidden":
			r |= roleSkip
		case "style":
			if strings.Contains(a.Val, "display") && strings.Contains(strings.ReplaceAll(strings.ToLower(a.Val), " ", ""), "display:none") {
				r |= roleSkip
			}
			if _, ok := legacyFont(a.Val); ok {
				r |= roleFont
			}
		case "face":
			if _, ok := legacyFont(a.Val); ok {
				r |= roleFont
			}
		case "rel":
			if a.Val == "author" {
				r |= roleByline
			}
		}
	}
	if r&roleBody != 0 || n.DataAtom == atom.Article || n.DataAtom == atom.Main {
		r &^= roleJunk | roleFrame // "entry-content read-more" is the body
	}
	return r
}

func itempropRole(v string) role {
	switch v {
	case "articleBody":
		return roleBody
	case "headline":
		return roleTitle
	case "author":
		return roleByline
	case "datePublished":
		return roleDate
	}
	return 0
}
