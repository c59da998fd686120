package extract

import (
	"fmt"
	"testing"

	"ocopstat/extract/decide"
	"ocopstat/record"
)

// gated is the reader with weights that take a number where the sum of "always" and
// of what the rules hold against it says so.
func gated(t *testing.T, lines ...string) *Reader {
	t.Helper()
	r, err := layers()
	if err != nil {
		t.Fatal(err)
	}
	text := ""
	for _, l := range lines {
		text += "figure\t" + l + "\n"
	}
	m, err := decide.Parse(fmt.Sprintf("%send\t%d\n", text, len(lines)))
	if err != nil {
		t.Fatal(err)
	}
	return &Reader{lex: r.lex, gaz: r.gaz, scan: r.scan, model: m}
}

func TestGate(t *testing.T) {
	const src = "Tỉnh Sơn La có 68 sản phẩm OCOP. Huyện kiểm tra 12 cơ sở, trong đó 4 hợp tác xã."
	a := record.Article{ID: "t", Text: src, Blocks: []record.Block{{Kind: record.BlockParagraph, Span: record.Span{End: len(src)}}}}
	read := func(r *Reader) (figures, left string) {
		out := r.Article(a)
		for _, f := range out.Figures {
			figures += f.Printed + " "
		}
		for _, j := range out.Rejections {
			left += j.Printed + ": " + string(j.Reason) + "; "
		}
		return figures, left
	}
	for _, tc := range []struct {
		name          string
		weights       []string
		figures, left string
	}{
		{"without weights the rules decide", nil, "68 ", "12: counts something else; 4: counts something else; "},
		{"what the rules hold against it can be outweighed", []string{"against:other\t2000"}, "68 12 4 ", ""},
		{"what they hold nothing against can be turned away", []string{"always\t-2000"}, "",
			"68: no figure by what stands around it; 12: counts something else; 4: counts something else; "},
		{"in doubt the rules keep their word", []string{"always\t-400", "against:other\t500"}, "68 ", "12: counts something else; 4: counts something else; "},
	} {
		figures, left := read(gated(t, tc.weights...))
		if figures != tc.figures || left != tc.left {
			t.Errorf("%s: read %q, left out %q; want %q and %q", tc.name, figures, left, tc.figures, tc.left)
		}
	}
}

// TestTurnedAwayLendsNothing asserts that a part of a number that was turned away
// does not become a part of it, nor takes its place or movement from it.
func TestTurnedAwayLendsNothing(t *testing.T) {
	const src = "Sơn La có 68 sản phẩm OCOP. HTX Hoa Mai ở Mộc Châu đăng ký 9 sản phẩm OCOP. Trong đó có 5 sản phẩm 4 sao."
	a := record.Article{ID: "t", Text: src, Blocks: []record.Block{{Kind: record.BlockParagraph, Span: record.Span{End: len(src)}}}}
	out := gated(t).Article(a)
	if len(out.Figures) != 2 || out.Figures[0].Printed != "68" || out.Figures[1].Printed != "5" || out.Figures[1].Of != out.Figures[0].ID {
		t.Errorf("read %+v, want 68 and 5, a part of it", out.Figures)
	}
}
