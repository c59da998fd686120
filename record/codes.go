package record

import "slices"

// Subject is what a figure counts.
type Subject string

// The subjects.
const (
	Product  Subject = "product"  // sản phẩm OCOP
	Producer Subject = "producer" // chủ thể OCOP
)

// Measure is how it counts it.
type Measure string

// The measures. A percent is of the whole that Figure.Of names.
const (
	Count   Measure = "count"
	Percent Measure = "percent"
)

// Stars is the star class (hạng sao) of the products counted.
type Stars string

// The star classes. The empty string is "no class said".
const (
	StarsAny  Stars = ""
	Stars3    Stars = "3"
	Stars4    Stars = "4"
	Stars5    Stars = "5"
	Stars34   Stars = "3-4"
	Stars35   Stars = "3-5"
	Stars45   Stars = "4-5"
	Stars3Up  Stars = "3+" // từ 3 sao trở lên
	Stars4Up  Stars = "4+" // từ 4 sao trở lên
	Stars5Pot Stars = "5p" // tiềm năng 5 sao: its dossier awaits the central council
)

// ProducerType is the kind of producer (loại hình chủ thể). Several kinds
// joined in one number are written in the order below with "+" between:
// "enterprise+cooperative". The empty string is "all kinds".
type ProducerType string

// The kinds of producer.
const (
	AnyProducer      ProducerType = ""
	Enterprise       ProducerType = "enterprise"  // doanh nghiệp, công ty
	Cooperative      ProducerType = "cooperative" // hợp tác xã, HTX
	CooperativeGroup ProducerType = "group"       // tổ hợp tác, THT
	Household        ProducerType = "household"   // cơ sở sản xuất, hộ kinh doanh, hộ sản xuất, cá nhân
)

// ProducerTypes are the single kinds in their fixed order.
func ProducerTypes() []ProducerType {
	return []ProducerType{Enterprise, Cooperative, CooperativeGroup, Household}
}

// JoinProducers returns the code of several kinds together, in the fixed order
// and without repetition.
func JoinProducers(kinds ...ProducerType) ProducerType {
	var out ProducerType
	for _, k := range ProducerTypes() {
		if slices.Contains(kinds, k) {
			if out != "" {
				out += "+"
			}
			out += k
		}
	}
	return out
}

// Movement says whether a figure is a stock or which flow it is.
type Movement string

// The movements.
const (
	Stock      Movement = "stock"      // valid at a time
	New        Movement = "new"        // công nhận mới, thêm
	Renewed    Movement = "renewed"    // công nhận lại, đánh giá lại
	Recognised Movement = "recognised" // in a period or round, new or renewed not said or both
	Upgraded   Movement = "upgraded"   // thăng hạng, nâng hạng sao
	Candidate  Movement = "candidate"  // tham gia dự thi, tiềm năng, đăng ký, hồ sơ
	Expired    Movement = "expired"    // hết hạn, thu hồi
)

// Status separates what is from what is planned.
type Status string

// The statuses.
const (
	Actual Status = "actual"
	Target Status = "target"
)

// Facet narrows the products or producers counted. Besides the constants it can
// be "other:" and a few English words. The empty string is "all of them".
type Facet string

// The facets.
const (
	FacetAll   Facet = ""
	Ecommerce  Facet = "ecommerce"  // lên sàn thương mại điện tử
	Retail     Facet = "retail"     // siêu thị, kênh hiện đại
	Craft      Facet = "craft"      // làng nghề
	Circular   Facet = "circular"   // kinh tế tuần hoàn, OCOP xanh
	Export     Facet = "export"     // xuất khẩu
	Tourism    Facet = "tourism"    // dịch vụ du lịch
	Food       Facet = "food"       // thực phẩm
	Drink      Facet = "drink"      // đồ uống
	Herb       Facet = "herb"       // dược liệu
	Handicraft Facet = "handicraft" // thủ công mỹ nghệ
	Decor      Facet = "decor"      // vải, may mặc, lưu niệm, nội thất, trang trí
	Women      Facet = "women"      // chủ thể là nữ
	Minority   Facet = "minority"   // đồng bào dân tộc thiểu số
)

// Facets lists the kinds that have a code.
func Facets() []Facet {
	return []Facet{Ecommerce, Retail, Craft, Circular, Export, Tourism, Food, Drink, Herb, Handicraft, Decor, Women, Minority}
}

// Qualifier says how the printed number bounds the value meant.
type Qualifier string

// The qualifiers.
const (
	Exactly Qualifier = "="
	AtLeast Qualifier = ">=" // ít nhất, tối thiểu
	Over    Qualifier = ">"  // hơn, trên
	AtMost  Qualifier = "<=" // tối đa, không quá
	Under   Qualifier = "<"  // gần, dưới
	About   Qualifier = "~"  // khoảng
)

// Sign is what stands before a number in print: "≥ ", "> ", "≈ "; "" for an exact
// one.
func (q Qualifier) Sign() string {
	switch q {
	case Exactly, "":
		return ""
	case AtLeast:
		return "≥ "
	case AtMost:
		return "≤ "
	case About:
		return "≈ "
	}
	return string(q) + " "
}

// Grade sorts figures by their confidence.
type Grade string

// The grades.
const (
	GradeA Grade = "A" // .97 or more
	GradeB Grade = "B" // .90 or more
	GradeC Grade = "C" // less; worth a person's look
)
