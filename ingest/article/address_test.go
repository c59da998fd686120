package article

import (
	"context"
	"testing"

	"ocopstat/record"
)

// TestAddress: a saved page takes its address from og:url, a fetched one keeps
// the address it was fetched from, and nothing but web addresses is taken.
func TestAddress(t *testing.T) {
	page := func(ogURL string) []byte {
		return []byte(`<html><head><meta property="og:url" content="` + ogURL + `"><title>Tin OCOP</title></head><body><h1>Tin OCOP</h1>
<p>Đến nay, toàn tỉnh có 68 sản phẩm OCOP đạt 4 sao và 107 sản phẩm đạt 3 sao, nâng tổng số lên 175 sản phẩm.</p>
<p>Các chủ thể tiếp tục đầu tư bao bì, nhãn mác và đưa hàng lên các kênh bán hàng trong và ngoài tỉnh.</p></body></html>`)
	}
	for _, c := range []struct{ captured, said, want string }{
		{"tin.html", "https://example.vn/tin", "https://example.vn/tin"},
		{"https://mirror.example.vn/x", "https://example.vn/tin", "https://mirror.example.vn/x"},
		{"tin.html", "javascript:alert(1)", "tin.html"},
		{"tin.html", "", "tin.html"},
	} {
		a, err := Read(context.Background(), record.Capture{URL: c.captured, MediaType: "text/html", Body: page(c.said)})
		if err != nil {
			t.Fatal(err)
		}
		if a.URL != c.want {
			t.Errorf("captured as %q, says %q: got %q, want %q", c.captured, c.said, a.URL, c.want)
		}
	}
}
