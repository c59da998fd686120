// Package extract reads the figures out of an article: which numbers count OCOP
// products or producers, what exactly they count, where and when, and why every
// other number was left out.
//
// A sentence goes through four layers, a file each: scan.go turns words into
// typed spans, attach.go finds what every number counts, structure.go hangs
// parts on their wholes, and decide.go passes place, time, status, movement and
// stars down to what does not say them itself.
package extract

import (
	"fmt"

	"ocopstat/normalize/lexicon"
	"ocopstat/normalize/place"
	"ocopstat/normalize/text"
	"ocopstat/record"
)

// Result is what one article says. Figures and rejections are in text order.
type Result struct {
	Figures    []record.Figure
	Rejections []record.Rejection
}

// Reader extracts figures. It is read-only after New and may be used by many
// goroutines.
type Reader struct {
	lex  *lexicon.Lexicon
	gaz  *place.Gazetteer
	scan scanner
}

// New loads the lexicon and the gazetteer.
func New() (*Reader, error) {
	lex, err := lexicon.Load()
	if err != nil {
		return nil, fmt.Errorf("extract: %w", err)
	}
	gaz, err := place.Load()
	if err != nil {
		return nil, fmt.Errorf("extract: %w", err)
	}
	return &Reader{lex: lex, gaz: gaz, scan: newScanner(lex, gaz)}, nil
}

// Keys of single words that rules ask for.
var (
	keyNew      = text.KeyOf("mới")
	keyOf       = text.KeyOf("của")
	keyAt       = text.KeyOf("tại")
	keyIn       = text.KeyOf("trong")
	keyBelongs  = text.KeyOf("thuộc")
	keyHere     = text.KeyOf("ở")
	keyBase     = text.KeyOf("cơ")
	keyJust     = text.KeyOf("vừa")
	keyJudge    = text.KeyOf("chấm")
	keyConsists = text.KeyOf("gồm")
	keyFrom     = text.KeyOf("từ")
	keyUp       = text.KeyOf("lên")
	keyBack     = text.KeyOf("trở")
	keyWith     = text.KeyOf("với")
	keyAbout    = text.KeyOf("về")
	keyPass     = text.KeyOf("được")
	keyAim      = text.KeyOf("tiêu")
	keyThe      = text.KeyOf("các")
	keyBy       = text.KeyOf("do")
	keyThis     = text.KeyOf("này")
	keyGive     = text.KeyOf("góp")
	keyIs       = text.KeyOf("là")
	keyHave     = text.KeyOf("có")
	keyAll      = text.KeyOf("cả")
	keyOCOP     = text.KeyOf("OCOP")
)

// Article extracts the figures of one article.
func (r *Reader) Article(a record.Article) Result {
	w := newWalk(r, a)
	for i := range a.Blocks {
		w.block(&a.Blocks[i])
	}
	return w.result()
}
