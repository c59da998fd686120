package article

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ocopstat/record"
)

// inkLine is a line of text at a place on a page, in points from the lower left.
type inkLine struct {
	x, y, size float64
	bold       bool
	text       string
}

// makePDF writes a PDF with a page for each list of lines, in two fonts without
// outlines whose letters are all half as wide as high.
func makePDF(pages ...[]inkLine) []byte {
	var b bytes.Buffer
	var offsets []int
	object := func(format string, a ...any) {
		offsets = append(offsets, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n"+format+"\nendobj\n", append([]any{len(offsets)}, a...)...)
	}
	b.WriteString("%PDF-1.5\n")
	object("<< /Type /Catalog /Pages 2 0 R >>")
	kids := ""
	for i := range pages {
		kids += fmt.Sprintf("%d 0 R ", 10+2*i)
	}
	object("<< /Type /Pages /Kids [ %s] /Count %d >>", kids, len(pages))
	cmap := "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /U def /CMapType 2 def\n" +
		"1 begincodespacerange <0000> <FFFF> endcodespacerange\n1 beginbfrange <0000> <FFFF> <0000> endbfrange\nendcmap end end"
	object("<< /Length %d >>\nstream\n%s\nendstream", len(cmap), cmap)
	for _, name := range []string{"Plain", "Plain-Bold"} {
		n := len(offsets) + 1
		object("<< /Type /Font /Subtype /Type0 /BaseFont /%s /Encoding /Identity-H /DescendantFonts [%d 0 R] /ToUnicode 3 0 R >>", name, n+1)
		object("<< /Type /Font /Subtype /CIDFontType2 /BaseFont /%s /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /DW 500 /FontDescriptor %d 0 R >>", name, n+2)
		object("<< /Type /FontDescriptor /FontName /%s /Flags 32 /FontBBox [0 -200 1000 800] /ItalicAngle 0 /Ascent 800 /Descent -200 /CapHeight 700 /StemV 80 >>", name)
	}
	for _, lines := range pages {
		n := len(offsets) + 1
		object("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R /Resources << /Font << /F0 4 0 R /F1 7 0 R >> >> >>", n+1)
		var s strings.Builder
		for _, l := range lines {
			face := 0
			if l.bold {
				face = 1
			}
			fmt.Fprintf(&s, "BT /F%d %g Tf %g %g Td <", face, l.size, l.x, l.y)
			for _, r := range l.text {
				fmt.Fprintf(&s, "%04X", r)
			}
			s.WriteString("> Tj ET\n")
		}
		object("<< /Length %d >>\nstream\n%s\nendstream", s.Len(), s.String())
	}
	at := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(offsets)+1)
	for _, o := range offsets {
		fmt.Fprintf(&b, "%010d 00000 n \n", o)
	}
	fmt.Fprintf(&b, "trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(offsets)+1, at)
	return b.Bytes()
}

// set lays out a paragraph in lines that end at 515 points, the first indented.
func set(y float64, text string) ([]inkLine, float64) {
	var lines []inkLine
	line, x := "", 110.0
	put := func() {
		lines = append(lines, inkLine{x: x, y: y, size: 14, text: strings.TrimSpace(line)})
		y, x, line = y-18, 80, ""
	}
	for word := range strings.FieldsSeq(text) {
		if x+7*float64(len([]rune(line+word))) > 515 {
			put()
		}
		line += word + " "
	}
	put()
	return lines, y - 4
}

func TestPDF(t *testing.T) {
	first := "Năm 2022, huyện đánh giá 15 hồ sơ và công nhận 14 sản phẩm đạt từ 3 sao trở lên, trong đó có 5 sản phẩm 4 sao và 9 sản phẩm 3 sao, của 11 chủ thể trên địa bàn."
	second := "Đến hết năm 2022, toàn huyện có 41 sản phẩm OCOP còn hiệu lực, nhiều hơn năm trước."
	third := "Năm 2023, huyện phấn đấu có thêm ít nhất 6 sản phẩm mới được công nhận và hỗ trợ 10 chủ thể đưa sản phẩm lên sàn thương mại điện tử."
	page := []inkLine{
		{80, 800, 13, false, "Phú Hòa, ngày 12 tháng 01 năm 2023"},
		{250, 770, 14, true, "BÁO CÁO"},
		{150, 750, 14, true, "Kết quả thực hiện Chương trình OCOP năm 2022"},
	}
	lines, y := set(720, first)
	page = append(page, lines...)
	lines, y = set(y, second)
	page = append(page, lines...)
	page = append(page, inkLine{80, y, 14, false, "- Nhóm thực phẩm: 30 sản phẩm;"}, inkLine{80, y - 18, 14, false, "- Nhóm đồ uống: 11 sản phẩm."})
	lines, _ = set(y-40, third)
	page = append(page, lines...)
	a, err := Read(t.Context(), record.Capture{URL: "a.pdf", Body: makePDF(page, []inkLine{{290, 800, 12, false, "2"}, {80, 770, 14, false, "Nơi nhận: văn thư huyện."}})})
	if err != nil {
		t.Fatal(err)
	}
	checkBlocks(t, a)
	want := `title: BÁO CÁO Kết quả thực hiện Chương trình OCOP năm 2022
byline: 
published: 2023-01-12
dateline: Phú Hòa, ngày 12 tháng 01 năm 2023
title: BÁO CÁO Kết quả thực hiện Chương trình OCOP năm 2022
paragraph: ` + first + `
paragraph: ` + second + `
paragraph: - Nhóm thực phẩm: 30 sản phẩm;
paragraph: - Nhóm đồ uống: 11 sản phẩm.
paragraph: ` + third + `
paragraph: Nơi nhận: văn thư huyện.
`
	if d := cmp.Diff(want, outline(a)); d != "" {
		t.Errorf("(-want +got)\n%s", d)
	}
	if a.MediaType != typePDF {
		t.Errorf("media type %s", a.MediaType)
	}
}

func TestPDFRejected(t *testing.T) {
	good := makePDF([]inkLine{{80, 700, 14, false, "Tỉnh có 41 sản phẩm OCOP, của 30 chủ thể, gồm 20 hợp tác xã."}})
	scan := makePDF(nil, nil)
	locked := bytes.Replace(good, []byte("/Root 1 0 R"), []byte("/Root 1 0 R /Encrypt << /Filter /Standard /V 2 /R 3 /Length 128 /P -44 /O <"+
		strings.Repeat("41", 32)+"> /U <"+strings.Repeat("42", 32)+"> >> /ID [<41><41>]"), 1)
	for _, c := range []struct {
		name, reason string
		body         []byte
	}{
		{"scan", "scan", scan},
		{"encrypted", "encrypted", locked},
		{"cut", "damaged", []byte("%PDF-1.5\n1 0 obj\n<<")},
		{"only a name", "damaged", []byte("%PDF-")},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := Read(t.Context(), record.Capture{URL: "a.pdf", Body: c.body})
			var r record.Problem
			if !errors.As(err, &r) || !strings.Contains(r.Reason, c.reason) {
				t.Errorf("err = %v, want a rejection with %q", err, c.reason)
			}
		})
	}
}

func TestPDFTable(t *testing.T) {
	page := []inkLine{
		{80, 780, 14, false, "Số sản phẩm OCOP của từng xã năm 2022 như sau:"},
		{80, 750, 13, true, "TT"}, {120, 750, 13, true, "Xã"}, {300, 750, 13, true, "3 sao"}, {400, 750, 13, true, "4 sao"},
		{80, 730, 13, false, "1"}, {120, 730, 13, false, "Thạch Bình"}, {300, 730, 13, false, "9"}, {400, 730, 13, false, "5"},
		{80, 710, 13, false, "2"}, {120, 710, 13, false, "Hòa Trung và"}, {300, 710, 13, false, "18"}, {400, 710, 13, false, "9"},
		{120, 692, 13, false, "Hòa Hạ"},
		{120, 672, 13, false, "Cộng"}, {300, 672, 13, false, "27"}, {400, 672, 13, false, "14"},
		{80, 640, 14, false, "Bảng này do phòng kinh tế lập, theo báo cáo của hai xã."},
	}
	a, err := Read(t.Context(), record.Capture{URL: "a.pdf", Body: makePDF(page)})
	if err != nil {
		t.Fatal(err)
	}
	checkBlocks(t, a)
	want := `title: 
byline: 
published: 
paragraph: Số sản phẩm OCOP của từng xã năm 2022 như sau:
cell 1.0.0 head: TT
cell 1.0.1 head: Xã
cell 1.0.2 head: 3 sao
cell 1.0.3 head: 4 sao
cell 1.1.0: 1
cell 1.1.1: Thạch Bình
cell 1.1.2: 9
cell 1.1.3: 5
cell 1.2.0: 2
cell 1.2.1: Hòa Trung và Hòa Hạ
cell 1.2.2: 18
cell 1.2.3: 9
cell 1.3.1: Cộng
cell 1.3.2: 27
cell 1.3.3: 14
paragraph: Bảng này do phòng kinh tế lập, theo báo cáo của hai xã.
`
	if d := cmp.Diff(want, outlineCells(a)); d != "" {
		t.Errorf("(-want +got)\n%s", d)
	}
}
