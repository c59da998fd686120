package docs

import (
	"encoding/json"
	"errors"
	"io/fs"
	"maps"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"unicode"

	"github.com/PuerkitoBio/goquery"

	"ocopstat/fixtures/borrowed"
	"ocopstat/fixtures/golden"
)

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
// printed it.
func TestPagesInABrowser(t *testing.T) {
	clickThrough(t, filepath.Join(released(t), "release", "1.2.0", "site"))
}

// clickThrough does that with a browser, and returns the folder of the pictures that it takes.
func clickThrough(t *testing.T, site string) (folder string) {
	t.Helper()
	browser, tools, folder := borrowed.Chromium(t), borrowed.Node(t, "../export/site/testdata/browser"), t.TempDir()
	cmd := exec.CommandContext(t.Context(), "node", filepath.Join(tools, "guide.mjs"), browser, site, folder)
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
	return folder
}

// pictured are the pages of the pictures of the guide.
var pictured = map[string]string{"site-map.png": "index.html", "site-province.png": "place/63-93.html", "site-phone.png": "place/63-93.html",
	"site-evidence.png": "article", "site-table.png": "provinces.html"}

// TestPicturesShowThesePages: the pictures of the guide are of the pages as they are.
func TestPicturesShowThesePages(t *testing.T) {
	site := filepath.Join(released(t), "release", "1.2.0", "site")
	folder := sync.OnceValue(func() string { return clickThrough(t, site) })
	for _, name := range slices.Sorted(maps.Keys(pictured)) {
		golden.Picture(t, "img/"+name, outline(t, filepath.Join(site, pictured[name])), func() []byte {
			picture, err := os.ReadFile(filepath.Join(folder(), name))
			if err != nil {
				t.Fatal(err)
			}
			return picture
		})
	}
}

// outline is how a page, or the pages of a folder, are laid out and worded: their
// elements with their classes, their heads, and the style sheet. What it has of numbers
// and articles is left out, for these change with every improvement of the reading.
func outline(t *testing.T, page string) []byte {
	t.Helper()
	has := map[string]bool{}
	err := filepath.WalkDir(page, func(file string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		body, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		doc, err := goquery.NewDocumentFromReader(strings.NewReader(string(body)))
		if err != nil {
			return err
		}
		doc.Find("body *").Each(func(_ int, s *goquery.Selection) {
			name := goquery.NodeName(s)
			has[name+" "+s.AttrOr("class", "")] = true
			if slices.Contains([]string{"th", "button", "legend", "label", "summary"}, name) {
				has[strings.Map(func(r rune) rune {
					if unicode.IsDigit(r) {
						return '0'
					}
					return r
				}, s.Text())] = true
			}
		})
		doc.Find("link[rel=stylesheet]").Each(func(_ int, s *goquery.Selection) {
			style, e := os.ReadFile(filepath.Join(filepath.Dir(file), s.AttrOr("href", "")))
			has[string(style)], err = true, errors.Join(err, e)
		})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return []byte(strings.Join(slices.Sorted(maps.Keys(has)), "\n"))
}
