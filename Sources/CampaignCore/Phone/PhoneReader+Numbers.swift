/// Cells that hold more than one number.
extension PhoneReader {
    /// Every number in a cell, in their order, each line (by its identity) once; for lists with `11 99999-0001 / 11 98888-0002`.
    ///
    /// A cell is cut at `/ \ ; : , | &`, line ends, a `+` and words for "or" and "and", once eight digits stand in front; between
    /// spaced numbers and where 20 to 30 digits run together only if exactly one way of cutting gives whole numbers of the
    /// reader's country, or ones with a `+`. In Brazil a number of eight or nine digits takes the area code of those before it,
    /// if they share one (`11 3333-4444 / 5555-6666`); a shorter ending (`11 3333-4444/4445`) is too short, never a guess.
    ///
    /// - Parameter bytes: UTF-8 or Windows-1252.
    /// - Returns: at least one element; exactly the one of `read` where the cell cannot be cut.
    package func numbers(in bytes: ArraySlice<UInt8>) -> [Result<PhoneNumber, PhoneProblem>] {
        numbers(in: bytes, area: [])
    }

    /// Every number in a cell, with the area code of another cell for those that lack it and have none before them.
    ///
    /// - Parameters:
    ///   - bytes: the phone's cell, UTF-8 or Windows-1252.
    ///   - area: the area code's cell, as for `read`; it may be empty.
    /// - Returns: at least one element; exactly the one of `read` where the cell cannot be cut.
    package func numbers(
        in bytes: ArraySlice<UInt8>, area: ArraySlice<UInt8>
    ) -> [Result<PhoneNumber, PhoneProblem>] {
        let whole = read(bytes, area: area)
        if case .success = whole { return [whole] }
        let pieces = PhoneText.parts(bytes).flatMap(pieces)
        guard pieces.count > 1 else { return [whole] }
        var numbers: [Result<PhoneNumber, PhoneProblem>] = []
        var identities: Set<Int64> = []
        var context = AreaContext(cell: area)
        for piece in pieces {
            let result = read(piece, area: context.area, stated: area)
            context.add(areaWritten(in: piece))
            switch result {
            case .failure(.empty): continue
            case .failure: numbers.append(result)
            case .success(let number):
                if identities.insert(number.identity).inserted { numbers.append(result) }
            }
        }
        return numbers.isEmpty ? [whole] : numbers
    }

    /// The one number that a cell holds several times, each time by itself: Google Contacts exports `X ::: X`.
    func repeated(in bytes: ArraySlice<UInt8>, area: ArraySlice<UInt8>) -> Result<PhoneNumber, PhoneProblem>? {
        let pieces = PhoneText.parts(bytes).flatMap(pieces)
        guard pieces.count > 1 else { return nil }
        let numbers = pieces.map { area.isEmpty ? readSingle($0) : read($0, area: area) }
        guard case .success(let first) = numbers[0] else { return nil }
        let isOne = numbers.allSatisfy { number in
            guard case .success(let other) = number else { return false }
            return other.identity == first.identity
        }
        return isOne ? .success(first) : nil
    }

    /// The area code that a number without one takes.
    private struct AreaContext {
        private let cell: ArraySlice<UInt8>
        private var written: Int64?
        private var isDisputed = false

        private let stated: Int64?

        init(cell: ArraySlice<UInt8>) {
            self.cell = cell
            guard case .digits(let code) = PhoneCode(cell) else {
                stated = nil
                return
            }
            stated = BrazilianPlan.area(code)?.value
        }

        var area: ArraySlice<UInt8> {
            if isDisputed { return [] }
            return written.map { Array("\($0)".utf8)[...] } ?? cell
        }

        mutating func add(_ area: Int64?) {
            guard let area else { return }
            if let before = written ?? stated, before != area { isDisputed = true }
            written = area
        }
    }

    /// The Brazilian area code that a number brings along, also one whose fixed line is not wanted.
    private func areaWritten(in piece: ArraySlice<UInt8>) -> Int64? {
        guard isBrazilian,
            case .success(let number) = PhoneReader(country, true, isCountryCertain: isCountryCertain).read(piece)
        else { return nil }
        return BrazilianPlan.area(ofNumber: number.value)
    }
}
