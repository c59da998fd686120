package extract

import "ocopstat/record"

// kindSet is a set of kinds of producer, one bit a kind in their fixed order.
type kindSet uint8

// kindCodes are the codes of all sets.
var kindCodes = func() (codes [1 << 4]record.ProducerType) {
	kinds := record.ProducerTypes()
	for set := range codes {
		var in []record.ProducerType
		for bit, k := range kinds {
			if set&(1<<bit) != 0 {
				in = append(in, k)
			}
		}
		codes[set] = record.JoinProducers(in...)
	}
	return codes
}()

func (k kindSet) code() record.ProducerType { return kindCodes[k] }

// kindOf is the set of one code of the lexicon, empty for a code of no kind.
func kindOf(code string) kindSet {
	for bit, k := range record.ProducerTypes() {
		if string(k) == code {
			return 1 << bit
		}
	}
	return 0
}

var householdSet = kindOf(string(record.Household))
