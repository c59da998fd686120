package ocopstat

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestAnnexCounts holds the rows of an annex against the text of its decision, all
// the way to the checks of a run.
func TestAnnexCounts(t *testing.T) {
	page := func(text, rows string) string {
		return "<html><body><h1>Quyết định công nhận sản phẩm OCOP tỉnh Hậu Giang năm 2023</h1><p>Hậu Giang, ngày 20 tháng 11 năm 2023</p><p>" + text +
			"</p><p>Phụ lục kèm theo Quyết định</p><table><tr><th>TT<th>Tên sản phẩm<th>Chủ thể<th>Xếp hạng</tr>" + rows + "</table></body></html>"
	}
	row := func(n int, class string) string {
		return fmt.Sprintf("<tr><td>%d<td>Trà mãng cầu %c<td>HTX Hòa Phú%s</tr>", n, 'A'+n, class)
	}
	const said = "Công nhận 5 sản phẩm OCOP của tỉnh Hậu Giang năm 2023, trong đó có 2 sản phẩm đạt 4 sao, %d sản phẩm đạt 3 sao."
	column := row(1, "<td rowspan=2>4 sao") + row(2, "") + row(3, "<td>3 sao") + row(4, "<td>3") + row(5, "<td>3*") + "<tr><td><td>Tổng cộng<td><td>5</tr>"
	over := "<tr><td>I<td>Sản phẩm đạt 4 sao<td><td></tr>" + row(1, "<td>") + row(2, "<td>") + "<tr><td>II<td>Sản phẩm đạt 3 sao<td><td></tr>" + row(1, "<td>") + row(2, "<td>") + row(3, "<td>")
	for _, c := range []struct{ name, text, rows, want string }{
		{"a column", fmt.Sprintf(said, 3), column, "2 = 2 passed; 3 = 3 passed; 5 = 5 passed"},
		{"a row over each class", fmt.Sprintf(said, 3), over, "2 = 2 passed; 3 = 3 passed; 5 = 5 passed"},
		{"another number", fmt.Sprintf(said, 4), column, "2 = 2 passed; 3 ≠ 4 failed; 5 = 5 passed"},
		{"a class that is not found", fmt.Sprintf(said, 3), strings.ReplaceAll(column, "4 sao", "3 hộ"), "5 = 5 passed"},
		{"no classes", fmt.Sprintf(said, 3), row(1, "<td>") + row(2, "<td>"), ""},
	} {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, "a.html"), []byte(page(c.text, c.rows)), 0o644); err != nil {
			t.Fatal(err)
		}
		r, err := reconciled(t.Context(), Config{Inputs: []string{dir}, Week: "2026-W47"})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, x := range r.rows.Checks {
			if x.Rule == annexCounts {
				got = append(got, x.Expression+" "+string(x.Outcome))
			}
		}
		slices.Sort(got)
		if got := strings.Join(got, "; "); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}
