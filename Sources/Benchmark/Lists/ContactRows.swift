import CampaignCore

/// The rows of a list as a Brazilian ERP writes it: names with accents, phones in four spellings, some twice, some
/// missing.
struct ContactRows {
    let shape: ContactListShape
    /// Numbers so far, each counted once: how many contacts an import must give.
    private(set) var distinctNumbers = 0

    private let numbers: MobileNumbers
    private var random: SplitMix64
    private var written = 0

    init(_ shape: ContactListShape, seed: UInt64) {
        self.shape = shape
        numbers = MobileNumbers(seed: seed)
        random = SplitMix64(seed: seed)
    }

    /// Adds the header to the text.
    func appendHeader(to text: inout [UInt8]) {
        text.append(contentsOf: shape.columnNames.joined(separator: ";").utf8)
        text.append(UInt8(ascii: "\n"))
    }

    /// Adds the next row to the text.
    mutating func appendRow(to text: inout [UInt8]) {
        text.append(contentsOf: Self.firstNames[random.next(below: Self.firstNames.count)])
        text.append(UInt8(ascii: " "))
        text.append(contentsOf: Self.lastNames[random.next(below: Self.lastNames.count)])
        text.append(UInt8(ascii: ";"))
        appendPhone(to: &text)
        if shape.columns > 2 {
            text.append(contentsOf: ";C".utf8)
            text.append(decimal: written, digits: 7)
        }
        if shape.columns > 3 {
            text.append(UInt8(ascii: ";"))
            text.append(decimal: 1 + random.next(below: 1999), digits: 1)
            text.append(UInt8(ascii: ","))
            text.append(decimal: random.next(below: 100), digits: 2)
        }
        for _ in 4..<max(shape.columns, 4) {
            text.append(UInt8(ascii: ";"))
            text.append(contentsOf: Self.cities[random.next(below: Self.cities.count)])
        }
        text.append(UInt8(ascii: "\n"))
        written += 1
    }

    private mutating func appendPhone(to text: inout [UInt8]) {
        let spelling = random.next(below: 4)
        // The last row is always a new number: sqlite3's exit status is that of the last row alone.
        if written < shape.rows - 1 {
            if shape.badRows.isHit(&random) { return appendBadPhone(to: &text) }
            if distinctNumbers > 0, shape.repeatedNumbers.isHit(&random) {
                let earlier = numbers.number(at: random.next(below: distinctNumbers))
                return text.append(area: earlier.area, line: earlier.line, spelling: spelling)
            }
        }
        let number = numbers.number(at: distinctNumbers)
        text.append(area: number.area, line: number.line, spelling: spelling)
        distinctNumbers += 1
    }

    /// What cannot be read as a number: no such area, digits missing, digits lost in a spreadsheet, words, nothing.
    private mutating func appendBadPhone(to text: inout [UInt8]) {
        switch random.next(below: 5) {
        case 0: text.append(area: 20, line: 900_000_000 + random.next(below: 100_000_000), spelling: 0)
        case 1: text.append(decimal: random.next(below: 1_000_000), digits: 6)
        case 2: text.append(contentsOf: "5,51199E+12".utf8)
        case 3: text.append(contentsOf: "não informado".utf8)
        default: break
        }
    }

    private static let firstNames = [
        "Maria", "José", "Ana", "João", "Antônio", "Francisco", "Carlos", "Paulo", "Pedro", "Lucas", "Luiz", "Marcos",
        "Luís", "Gabriel", "Rafael", "Francisca", "Adriana", "Juliana", "Márcia", "Fernanda",
    ].map { Array($0.utf8) }

    private static let lastNames = [
        "Silva", "Santos", "Oliveira", "Souza", "Rodrigues", "Ferreira", "Alves", "Pereira", "Lima", "Gomes", "Costa",
        "Ribeiro", "Martins", "Carvalho", "Almeida", "Lopes", "Soares", "Fernandes", "Vieira", "Conceição",
    ].map { Array($0.utf8) }

    private static let cities = [
        "São Paulo", "Rio de Janeiro", "Brasília", "Fortaleza", "Salvador", "Belo Horizonte", "Manaus", "Curitiba",
        "Recife", "Goiânia", "Belém", "Porto Alegre", "São Luís", "Maceió", "Cuiabá", "Macapá",
    ].map { Array($0.utf8) }
}

extension [UInt8] {
    /// Adds a number with leading zeros, at least `digits` long.
    fileprivate mutating func append(decimal value: Int, digits: Int) {
        let start = count
        var rest = value
        repeat {
            append(UInt8(ascii: "0") + UInt8(rest % 10))
            rest /= 10
        } while rest > 0 || count - start < digits
        self[start...].reverse()
    }

    /// Adds a phone in one of four spellings: `(68) 92471-6468`, `68924716468`, `+55 68 92471-6468`, `068924716468`.
    fileprivate mutating func append(area: Int, line: Int, spelling: Int) {
        switch spelling {
        case 0:
            append(UInt8(ascii: "("))
            append(decimal: area, digits: 2)
            append(contentsOf: ") ".utf8)
            append(dashed: line)
        case 1:
            append(decimal: area * 1_000_000_000 + line, digits: 11)
        case 2:
            append(contentsOf: "+55 ".utf8)
            append(decimal: area, digits: 2)
            append(UInt8(ascii: " "))
            append(dashed: line)
        default:
            append(decimal: area * 1_000_000_000 + line, digits: 12)
        }
    }

    private mutating func append(dashed line: Int) {
        append(decimal: line / 10_000, digits: 5)
        append(UInt8(ascii: "-"))
        append(decimal: line % 10_000, digits: 4)
    }
}
