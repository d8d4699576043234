import CampaignCore
import Testing

@Suite struct PhonePropertyTests {
    private static let rounds = 4000

    private static let digits = Array("01234567895511".utf8)
    private static let signs = Array(" -().+/;,|&:\n\teE@lidcusx'=\"#ouyand_[]*".utf8)
    private static let words = [
        " ou ", " - ", " / ", "; ", " ", "@lid", "@c.us", "+", "+55", "+54 9 11 15", "00", "E+12", "\u{A0}", "–", "ã",
    ].map { Array($0.utf8) }
    /// `d` becomes a digit.
    private static let shapes = [
        "11 9dddd-dddd", "(21) 9dddd-dddd", "319ddddddddd", "55119dddddddd", "11 3ddd-dddd", "9dddd-dddd", "3ddddddd",
        "+351 91d ddd ddd", "+54 9 11 dddd-dddd", "+54 11 15 dddd dddd", "0xx41 9dddd dddd", "dddddddddddd",
    ].map { Array($0.utf8) }

    /// A cell of 0 to 64 bytes: digits, symbols, complete numbers with something between them, or any bytes.
    private static func cell(_ random: inout FixedRandom) -> ArraySlice<UInt8> {
        let digitShare = random.below(100)
        let noise = random.below(3) == 0 ? 60 : 2
        var cell: [UInt8] = []
        let length = random.below(65)
        while cell.count < length {
            if random.below(100) < noise {
                let isAnyByte = random.below(4) == 0
                cell.append(isAnyByte ? UInt8(random.below(256)) : signs[random.below(signs.count)])
            } else if random.below(100) < digitShare {
                cell.append(digits[random.below(digits.count)])
            } else {
                let shape = shapes[random.below(shapes.count)]
                cell += shape.map { $0 == UInt8(ascii: "d") ? digits[random.below(digits.count)] : $0 }
                cell += words[random.below(words.count)]
            }
        }
        return cell.prefix(64)
    }

    private static func readers() throws -> [PhoneReader] {
        try [PhoneReader(), PhoneReader(allowsLandlines: false)]
            + ["54", "1", "52", "39", "49", "7", "375"].map { try #require(PhoneReader(country: $0)) }
    }

    @Test func `any bytes at all crash nothing, and what is read reads back as the same number`() throws {
        var random = FixedRandom(seed: 7)
        for reader in try Self.readers() {
            for _ in 0..<Self.rounds / 4 {
                let cell = Self.cell(&random)
                guard case .success(let number) = reader.read(cell) else { continue }
                #expect(PhoneNumber(value: number.value) == number)
                #expect(PhoneNumber(text: number.text) == number)
                let again = try reader.read(number.isLid ? number.text : "+" + number.text).get()
                #expect(again == number)
                #expect(again.identity == number.identity)
                let identity = try #require(PhoneNumber(value: number.identity))
                #expect(identity.identity == number.identity)
            }
        }
    }

    @Test func `an area code changes nothing of what can be read without it, unless they contradict each other`() throws
    {
        var random = FixedRandom(seed: 8)
        for reader in try Self.readers() {
            for _ in 0..<Self.rounds / 8 {
                let cell = Self.cell(&random)
                let area = Self.cell(&random).prefix(random.below(6))
                let plain = reader.read(cell)
                let joined = reader.read(cell, area: area)
                if case .success = plain, joined != .failure(.contradiction) { #expect(joined == plain) }
                #expect(reader.read(cell, area: []) == plain)
                guard case .success(let number) = joined, !number.isLid else { continue }
                #expect(try reader.read("+" + number.text).get() == number)
            }
        }
    }

    @Test func `numbers are never made up: their digits stand in the cell, one number after the other`() {
        var random = FixedRandom(seed: 9)
        let reader = PhoneReader()
        var several = 0
        for _ in 0..<Self.rounds {
            let cell = Self.cell(&random)
            let results = reader.numbers(in: cell, area: Array("21".utf8)[...])
            #expect(!results.isEmpty)
            let numbers = results.compactMap { try? $0.get() }
            #expect(Set(numbers.map(\.identity)).count == numbers.count)
            several += numbers.count > 1 ? 1 : 0
            var rest = Self.digits(of: cell)
            for number in numbers {
                // The last five: before them there may be a calling code, an area code or a 9 that the cell has not
                // there.
                let end = Self.digits(of: Array(number.text.utf8)[...]).suffix(5)
                let place = rest.indices.first { rest[$0...].starts(with: end) }
                #expect(place != nil)
                rest = rest[((place ?? rest.startIndex) + end.count)...]
            }
        }
        #expect(several > 80)
    }

    @Test func `a Brazilian number has the eight digits of its line and an area code of the cell or its neighbour`() {
        var random = FixedRandom(seed: 10)
        let reader = PhoneReader()
        for _ in 0..<Self.rounds {
            let cell = Self.cell(&random)
            let written = String(decoding: Self.digits(of: cell), as: UTF8.self)
            for case .success(let number) in reader.numbers(in: cell, area: Array("21".utf8)[...]) {
                guard number.text.hasPrefix("55"), !number.isLid else { continue }
                let area = number.text.dropFirst(2).prefix(2)
                #expect(written.contains(number.text.suffix(8)))
                #expect(area == "21" || written.contains(area))
            }
        }
    }

    private static func digits(of cell: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        cell.filter { 0x30...0x39 ~= $0 }[...]
    }
}
