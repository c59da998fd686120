package ask

import (
	"bufio"
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"ocopstat/export"
	"ocopstat/fixtures/borrowed"
	"ocopstat/fixtures/golden"
	"ocopstat/record"
)

// TestInABrowser: questions are answered with the keyboard alone, nothing is asked
// of other servers, nothing is wider than the window, and axe finds no fault.
func TestInABrowser(t *testing.T) {
	chromium, tools := borrowed.Chromium(t), borrowed.Node(t, "../site/testdata/browser", "testdata")
	d := &desk{questions: []export.Question{question("a"), question("b"), question("c")}}
	server, _ := browser(t, d)
	cmd := exec.CommandContext(t.Context(), "node", filepath.Join(tools, "questions.mjs"), chromium, server.URL+"/?token=secret")
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	seen := 0
	for lines := bufio.NewScanner(bytes.NewReader(out)); lines.Scan(); seen++ {
		var got struct {
			Name, URL                     string
			Width, Sideways, Rules        int
			Outside, Messages, Violations []string
		}
		if err := json.Unmarshal(lines.Bytes(), &got); err != nil {
			t.Fatal(err)
		}
		for _, v := range got.Violations {
			t.Errorf("%s at %d: axe: %s", got.Name, got.Width, v)
		}
		if got.Rules < 10 || got.Sideways > 0 || len(got.Outside)+len(got.Messages) > 0 {
			t.Errorf("%s at %d: %d rules, %d px too wide, requests %q, messages %q", got.Name, got.Width, got.Rules, got.Sideways, got.Outside, got.Messages)
		}
	}
	if seen != 9 {
		t.Errorf("%d pages were seen, want 9", seen)
	}
	if len(d.answers) != 3 || d.answers[0].Decision != record.Correct || d.answers[0].Value != "176" || d.answers[0].By != "Nguyễn Thị A" {
		t.Errorf("the answers are %+v", d.answers)
	}
}

// TestPictureOfAQuestion: the guide shows a question as its page is.
func TestPictureOfAQuestion(t *testing.T) {
	claim := func(figure, value, sentence, outlet string) export.Claim {
		text := sentence + " Chương trình mỗi xã một sản phẩm tiếp tục được các địa phương quan tâm."
		at := strings.Index(text, value)
		return export.Claim{Figure: figure, Value: value, Reading: "Lạng Sơn · sản phẩm · hiện có · 31/10/2026", Title: "Lạng Sơn phát triển sản phẩm OCOP", URL: "https://" + outlet + "/ocop.html",
			Outlet: outlet, Published: record.DateOf(2026, 11, 4), Text: text, Sentence: record.Span{End: len(sentence)}, Number: record.Span{Start: at, End: at + len(value)}}
	}
	q := export.Question{ID: "q", Why: "⚠ các bài nói khác nhau", Place: "Lạng Sơn", Indicator: "Sản phẩm · hiện có", Time: "31/10/2026",
		Arithmetic: []string{"Đang lấy 284 vì phép tính ủng hộ số này: 226 + 54 + 4 = 284", "248 có thể là 284 (đảo chữ số)"},
		Claims: []export.Claim{
			claim("a", "284", "Đến ngày 31/10/2026, tỉnh Lạng Sơn có 284 sản phẩm OCOP, trong đó có 226 sản phẩm 3 sao, 54 sản phẩm 4 sao và 4 sản phẩm 5 sao.", "bao.example.vn"),
			claim("b", "248", "Tính đến ngày 31/10/2026, tỉnh Lạng Sơn có 248 sản phẩm OCOP.", "tin.example.vn"),
		}}
	q.Claims[0].Chosen, q.Claims[0].Suggested = true, &export.Mark{Decision: record.Accept}
	h, err := Handler(&desk{questions: []export.Question{q, question("r")}}, "secret")
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.AddCookie(&http.Cookie{Name: tokenCookie, Value: "secret"})
		h.ServeHTTP(w, r)
	}))
	defer server.Close()
	var page []byte
	for _, part := range []string{"/question/q", "/style.css"} {
		_, body := get(t, server.Client(), server.URL+part)
		page = append(page, body...)
	}
	golden.Picture(t, "../../docs/img/cau-hoi.png", page, func() []byte { return screenshot(t, server.URL+"/question/q") })
}

// screenshot is a page as Chromium shows it.
func screenshot(t *testing.T, address string) []byte {
	t.Helper()
	file := filepath.Join(t.TempDir(), "page.png")
	out, err := exec.CommandContext(t.Context(), borrowed.Chromium(t), "--headless", "--no-sandbox", "--hide-scrollbars", "--window-size=1000,1010", "--screenshot="+file, address).CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	picture, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return picture
}
