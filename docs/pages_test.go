package docs

import (
	"encoding/json"
	"flag"
	"io/fs"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"ocopstat/fixtures/borrowed"
)

var update = flag.Bool("update", false, "write the pictures of the evidence pages anew")

// TestPagesOfARelease follows every link of the pages of a release, to other pages
// and to the tables beside them.
func TestPagesOfARelease(t *testing.T) {
	root := filepath.Join(released(t), "release", "1.2.0")
	pages, ids := map[string]*goquery.Document{}, map[string]bool{}
	err := filepath.WalkDir(filepath.Join(root, "site"), func(file string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		body, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		if len(body) > 200_000 {
			t.Errorf("%s has %d bytes", file, len(body))
		}
		doc, err := goquery.NewDocumentFromReader(strings.NewReader(string(body)))
		pages[file] = doc
		doc.Find("[id]").Each(func(_ int, s *goquery.Selection) { ids[file+"#"+s.AttrOr("id", "")] = true })
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	links, reached := 0, map[string]bool{filepath.Join(root, "site", "index.html"): true}
	for file, doc := range pages {
		doc.Find("a[href]").Each(func(_ int, s *goquery.Selection) {
			href := s.AttrOr("href", "")
			if strings.HasPrefix(href, "http") {
				return
			}
			links++
			name, id, _ := strings.Cut(href, "#")
			target := file
			if name != "" {
				target = filepath.Join(filepath.Dir(file), filepath.FromSlash(name))
			}
			if target != file {
				reached[target] = true
			}
			id, escaped := url.PathUnescape(id) // as a browser does
			if _, err := os.Stat(target); err != nil || escaped != nil || id != "" && !ids[target+"#"+id] {
				t.Errorf("%s: the link %s leads nowhere", file, href)
			}
		})
	}
	for file := range pages {
		if !reached[file] {
			t.Errorf("no page leads to %s", file)
		}
	}
	var found struct {
		Type         string `json:"@type"`
		Name         string
		License      string
		Distribution []struct{ ContentURL, EncodingFormat string }
	}
	data := pages[filepath.Join(root, "site", "index.html")].Find(`script[type="application/ld+json"]`)
	if err := json.Unmarshal([]byte(data.Text()), &found); err != nil || found.Type != "Dataset" || found.Name == "" || found.License == "" {
		t.Errorf("the first page carries no data set for a search engine (%v): %+v", err, found)
	}
	for _, d := range found.Distribution {
		if _, err := os.Stat(filepath.Join(root, "site", filepath.FromSlash(d.ContentURL))); err != nil || d.EncodingFormat == "" {
			t.Errorf("%s (%s) is not there: %v", d.ContentURL, d.EncodingFormat, err)
		}
	}
	if links < 1000 || len(found.Distribution) < 20 {
		t.Errorf("%d links and %d files only", links, len(found.Distribution))
	}
}

// TestPagesInABrowser clicks from every number of the map to the sentence that
// printed it, and takes the pictures of the guide; with -update it writes them.
func TestPagesInABrowser(t *testing.T) {
	browser, tools, pictures := borrowed.Chromium(t), borrowed.Node(t, "../export/site/testdata/browser"), t.TempDir()
	cmd := exec.CommandContext(t.Context(), "node", filepath.Join(tools, "guide.mjs"), browser, filepath.Join(released(t), "release", "1.2.0", "site"), pictures)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	var got struct {
		Numbers, Clicks int
		Faults          []string
	}
	if err := json.Unmarshal(out, &got); err != nil {
		t.Fatal(err)
	}
	if got.Numbers < 40 || got.Clicks > 3 || len(got.Faults) > 0 {
		t.Errorf("%d numbers on the map, at most %d clicks to a sentence, faults %q", got.Numbers, got.Clicks, got.Faults)
	}
	taken, err := os.ReadDir(pictures)
	if err != nil || len(taken) != 5 {
		t.Fatalf("%d pictures (%v)", len(taken), err)
	}
	for _, p := range taken {
		body, err := os.ReadFile(filepath.Join(pictures, p.Name()))
		if err != nil || len(body) < 20_000 {
			t.Errorf("%s has %d bytes (%v)", p.Name(), len(body), err)
		}
		if _, err := os.Stat(filepath.Join("img", p.Name())); err != nil && !*update {
			t.Errorf("the guide does not have %s; write it with -update", p.Name())
		}
		if *update {
			if err := os.WriteFile(filepath.Join("img", p.Name()), body, 0o666); err != nil {
				t.Fatal(err)
			}
		}
	}
}
