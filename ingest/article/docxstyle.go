package article

import (
	"encoding/xml"
	"strings"
)

// wordStyle is a paragraph style: its name in lower case and its font.
type wordStyle struct{ name, font string }

// readStyles reads word/styles.xml. The style "" holds the document's default
// font. Styles that cannot be read are as good as none.
func readStyles(b []byte) map[string]wordStyle {
	var doc struct {
		Default struct {
			Font struct {
				ASCII string `xml:"ascii,attr"`
			} `xml:"rPrDefault>rPr>rFonts"`
		} `xml:"docDefaults"`
		Styles []struct {
			ID    string `xml:"styleId,attr"`
			First string `xml:"default,attr"`
			Type  string `xml:"type,attr"`
			Name  struct {
				Val string `xml:"val,attr"`
			} `xml:"name"`
			Base struct {
				Val string `xml:"val,attr"`
			} `xml:"basedOn"`
			Font struct {
				ASCII string `xml:"ascii,attr"`
			} `xml:"rPr>rFonts"`
		} `xml:"style"`
	}
	styles := map[string]wordStyle{}
	if err := xml.Unmarshal(b, &doc); err != nil {
		return styles
	}
	base := map[string]string{}
	styles[""] = wordStyle{font: doc.Default.Font.ASCII}
	for _, s := range doc.Styles {
		styles[s.ID] = wordStyle{name: strings.ToLower(s.Name.Val), font: s.Font.ASCII}
		base[s.ID] = s.Base.Val
		if s.Type == "paragraph" && (s.First == "1" || s.First == "true") && s.Font.ASCII != "" {
			styles[""] = wordStyle{font: s.Font.ASCII}
		}
	}
	for id, s := range styles {
		for up, n := base[id], 0; s.font == "" && n < 20; n++ {
			s.font = styles[up].font
			up = base[up]
		}
		styles[id] = s
	}
	return styles
}
