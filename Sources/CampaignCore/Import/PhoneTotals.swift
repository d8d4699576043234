/// Which columns of a list are its phones, and what kinds of numbers its contacts have.
package struct PhoneTotals: Hashable, Sendable, Codable {
    /// A phone column, by the rows that have a number that can be used.
    package struct Column: Hashable, Sendable, Codable {
        /// Its name in the header.
        package var name: String
        /// Its place in the file, from 1.
        package var number: Int
        /// The numbers in it.
        package var kinds: KindCounts
        /// Cells that cannot be used, beside one in another column that can.
        package var unusable: Int
    }

    /// The numbers that became the phone of a contact, or that another contact already has.
    package var kinds: KindCounts
    /// The numbers that the same people have besides.
    package var further: Int
    /// In the order in which they count.
    package var columns: [Column]
}

/// The numbers of a list's contacts while they are being read.
struct PhoneCounts: Sendable {
    private(set) var kinds = KindCounts()
    private(set) var further = 0
    private var ofColumns: [KindCounts]
    private var unusable: [Int]

    /// - Parameter columns: how many phone columns there are.
    init(columns: Int) {
        ofColumns = Array(repeating: KindCounts(), count: columns)
        unusable = Array(repeating: 0, count: columns)
    }

    /// Notes the number of a contact in a list with one phone column.
    @inline(__always)
    mutating func note(_ phone: PhoneNumber) { kinds.note(phone.kind) }

    /// Notes the numbers of a contact in a list with several.
    mutating func note(_ person: PersonPhones) {
        kinds.note(person.numbers[0].kind)
        further += person.numbers.count - 1
        for cell in person.cells {
            if let kind = cell.kind { ofColumns[cell.column].note(kind) } else { unusable[cell.column] += 1 }
        }
    }

    func totals(of columns: [ListFormat.Column]) -> PhoneTotals {
        PhoneTotals(
            kinds: kinds, further: further,
            columns: columns.enumerated().map { index, column in
                PhoneTotals.Column(
                    name: column.name, number: column.number, kinds: columns.count == 1 ? kinds : ofColumns[index],
                    unusable: unusable[index])
            })
    }
}
