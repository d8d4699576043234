import Foundation

/// A do-not-call list beside a contact list: half of its numbers stand there, the others nowhere.
struct BlockedNumbers {
    let file: URL
    /// How many of them stand in the contact list: so many contacts must be excluded after an import.
    let inList: Int

    /// Writes `count` numbers.
    init(_ count: Int, besides list: ContactListWriter.List, to file: URL) throws {
        self.file = file
        let numbers = MobileNumbers(seed: list.seed)
        inList = min(count / 2, list.distinctNumbers)
        // Evenly over the list, and then from behind its end.
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
