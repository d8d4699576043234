import Foundation

/// Brazilian mobile numbers that look random, no two of which are the same.
///
/// A counter goes through a permutation, so the numbers are known to differ without being remembered: how many contacts
/// an import must give is known at 10 million rows as well.
struct MobileNumbers {
    /// How many there are: 67 area codes with eight free digits each after the 9.
    static let count = areas.count * linesPerArea

    /// Lists with other seeds have other numbers.
    let seed: UInt64

    /// The number at an index below `count`: area code and nine digits.
    func number(at index: Int) -> (area: Int, line: Int) {
        // Scrambles 33 bits, which hold `count`; what falls outside is scrambled again until it is inside. Each step
        // can be undone, so no two indices meet.
        var bits = UInt64(index)
        repeat {
            bits = (bits &+ seed) & Self.mask
            bits = (bits ^ bits >> 17) &* 0xBF58_476D_1CE4_E5B9 & Self.mask
            bits = (bits ^ bits >> 16) &* 0x94D0_49BB_1331_11EB & Self.mask
            bits ^= bits >> 17
        } while bits >= UInt64(Self.count)
        let (area, line) = Int(bits).quotientAndRemainder(dividingBy: Self.linesPerArea)
        return (Self.areas[area], 9 * Self.linesPerArea + line)
    }

    private static let mask: UInt64 = 1 << 33 - 1
    private static let linesPerArea = 100_000_000

    /// ANATEL's 67 area codes.
    private static let areas = [
        11, 12, 13, 14, 15, 16, 17, 18, 19, 21, 22, 24, 27, 28, 31, 32, 33, 34, 35, 37, 38, 41, 42, 43, 44, 45, 46, 47,
        48, 49, 51, 53, 54, 55, 61, 62, 63, 64, 65, 66, 67, 68, 69, 71, 73, 74, 75, 77, 79, 81, 82, 83, 84, 85, 86, 87,
        88, 89, 91, 92, 93, 94, 95, 96, 97, 98, 99,
    ]
}

/// A do-not-call list for a contact list: half of its numbers are also in the contact list.
struct BlockedNumbers {
    let file: URL
    /// How many of them are in the contact list: that many contacts must be excluded after an import.
    let inList: Int

    /// Writes `count` numbers.
    init(_ count: Int, for list: ContactListWriter.List, to file: URL) throws {
        self.file = file
        let numbers = MobileNumbers(seed: list.seed)
        inList = min(count / 2, list.distinctNumbers)
        // Evenly over the list, and then from beyond its end.
        let places =
            (0..<inList).map { $0 * (list.distinctNumbers / max(inList, 1)) }
            + (0..<(count - inList)).map { list.distinctNumbers + $0 }
        let rows = places.map { place in
            let number = numbers.number(at: place)
            return "+55\(number.area)\(number.line)\n"
        }
        try Data(("telefone\n" + rows.joined()).utf8).write(to: file)
    }
}
