package record

import (
	"cmp"
	"strconv"
	"strings"
)

// Dims are the dimensions that say what a number counts. Two figures with equal
// Dims, place and period claim the same thing.
type Dims struct {
	Subject  Subject      `json:"subject"`
	Measure  Measure      `json:"measure"`
	Stars    Stars        `json:"stars"`
	Producer ProducerType `json:"producer"`
	Movement Movement     `json:"movement"`
	Status   Status       `json:"status"`
	Facet    Facet        `json:"facet"`
}

// Codes are the codes of the dimensions, in the order of the tables.
func (d Dims) Codes() [7]string {
	return [7]string{string(d.Subject), string(d.Measure), string(d.Stars), string(d.Producer),
		string(d.Movement), string(d.Status), string(d.Facet)}
}

// Compare is the order in which the numbers of a place are written in a sum.
func (d Dims) Compare(o Dims) int {
	return cmp.Or(cmp.Compare(d.Subject, o.Subject), cmp.Compare(d.Status, o.Status), cmp.Compare(d.Movement, o.Movement),
		cmp.Compare(d.Measure, o.Measure), cmp.Compare(d.Facet, o.Facet), cmp.Compare(d.Stars, o.Stars), cmp.Compare(d.Producer, o.Producer))
}

// Figure is one number of an article that counts or measures OCOP products or
// producers, as claimed there.
//
// Invariants: Text[Start:End] of its article is Printed; the sentence contains
// the number; Dims have no empty Subject, Measure, Movement or Status.
type Figure struct {
	ID        string
	ArticleID string
	Span             // of the number as printed, sign and % included, without its noun
	Printed   string // "1.234", "38,8%", "hai mươi"; a fraction "370/453" whole in both rows
	Value     Decimal
	Dims
	Qualifier   Qualifier
	Place       Place
	PlaceBasis  PlaceBasis
	Period      Period // of a flow or target; for a stock the date it holds at, as precise as said
	PeriodBasis PeriodBasis
	Of          string  // ID of the figure that is the whole of this share, part or fraction; else ""
	Sentence    Span    // the sentence, or the table row, around the number
	Rule        string  // name of the rule that attached the number to what it counts
	Confidence  float64 // the probability that all dimensions are right, 0 to 1; 0 when not said
	Grade       Grade   // of Confidence
}

// doubtful is the confidence below which somebody should look.
const doubtful = .6

// Doubtful reports a figure that an office is asked about: one that is as likely
// as not to be wrong in something.
func (f *Figure) Doubtful() bool { return f.Grade == GradeC && f.Confidence < doubtful }

// PeriodBasis says what the period of a figure rests on.
type PeriodBasis string

// The bases of a period.
const (
	PeriodNone      PeriodBasis = ""
	PeriodText      PeriodBasis = "text"      // a date or year said with the figure
	PeriodContext   PeriodBasis = "context"   // inherited from the sentence, paragraph or title
	PeriodPublished PeriodBasis = "published" // "đến nay" and the like, from the publication date
)

// FigureID names the n-th figure (0 first) that rests on the number at a byte
// offset of an article.
func FigureID(articleID string, start, n int) string {
	id := articleID + "-" + strconv.Itoa(start)
	if n == 0 {
		return id
	}
	return id + "." + strconv.Itoa(n+1)
}

// ArticleOf is the ID of the article of a figure, by the figure's ID.
func ArticleOf(figureID string) string {
	article, _, _ := strings.Cut(figureID, "-")
	return article
}

// Rejection is a number that was read and not taken.
type Rejection struct {
	ArticleID string
	Span
	Printed string
	Reason  Reason
}

// Reason says why a number is not a figure.
type Reason string

// The reasons.
const (
	NotOurs      Reason = "counts something else"       // districts, fairs, hectares, visitors
	IsDate       Reason = "date or time"                // including years and ages
	IsDocument   Reason = "document number"             // 1974/QĐ-UBND
	IsMoney      Reason = "money"                       //
	IsMeasure    Reason = "physical measure"            // tấn, ha, km, điểm
	IsStars      Reason = "star level"                  // the 4 of "68 sản phẩm 4 sao"
	IsName       Reason = "part of a name"              // Bắc Luân 2, ISO 22000, 4.0
	IsOrdinal    Reason = "ordinal or label"            // đợt 1, thứ 2, Mô hình 3, top 10
	OneProducer  Reason = "one producer's own products" //
	OfPlan       Reason = "share of a plan"             // đạt 126,5% kế hoạch
	Difference   Reason = "difference of two stocks"    //
	Ratio        Reason = "growth or multiple"          // tăng 15%, gấp 4,8 lần
	PerUnit      Reason = "average or minimum per unit" // mỗi xã ít nhất 1 sản phẩm
	MixedDisplay Reason = "goods on display at an event"
	Unattached   Reason = "no noun found that it counts"
	NotOCOP      Reason = "not about OCOP"
	Unlikely     Reason = "no figure by what stands around it" // as trained weights have it
	Ambiguous    Reason = "value can be read in two ways"
)
