package text

import "testing"

func TestFilter(t *testing.T) {
	in := map[Key]bool{KeyOf("sản"): true, KeyOf("phẩm"): true, ',': true}
	f := FilterOf(in)
	for k := range in {
		if !f.May(k) {
			t.Errorf("key %x was added and is not there", k)
		}
	}
	if f.May(KeyOf("huyện")) || f.May(0) {
		t.Error("a key that was not added is there")
	}
	strangers := 0
	for k := range Key(1 << 16) {
		if f.May(k*0x9E3779B97F4A7C15 + 7) {
			strangers++
		}
	}
	if strangers > 100 {
		t.Errorf("%d of 65536 strangers pass a filter of %d keys", strangers, len(in))
	}
}
