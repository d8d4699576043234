/// The field that a condition is about.
enum FilterField: Hashable {
    case state
    case phone
    case text(Text)
    case number(Number)
    case moment(Moment)
    /// Columns of the lists that share a name, by their indexes among a contact's own cells.
    case own([Int])

    /// Fields that are compared as texts.
    enum Text: String, CaseIterable, Codable {
        case reason, error, instance, delivery, deliveryError, answer

        /// All values that it can have; nil where they are not listed.
        var words: [String]? {
            switch self {
            case .delivery: Delivery.allCases.map(\.rawValue)
            case .answer: Answer.allCases.map(\.rawValue)
            case .reason, .error, .instance, .deliveryError: nil
            }
        }

        func value(of contact: ContactRow) -> String? {
            switch self {
            case .reason: contact.reason
            case .error: contact.last?.error
            case .instance: contact.last?.instance
            case .delivery: contact.delivery
            case .deliveryError: contact.deliveryError
            case .answer: contact.answer?.rawValue
            }
        }
    }

    /// Fields that are compared as numbers.
    enum Number: String, CaseIterable, Codable {
        case httpStatus, attempts, ddd, country

        func value(of contact: ContactRow) -> Int64? {
            switch self {
            case .httpStatus: contact.last?.httpStatus.map(Int64.init)
            case .attempts: Int64(contact.attempts)
            case .ddd: BrazilianPlan.area(ofNumber: contact.phone.value)
            case .country: CallingCode.beginning(PhoneDigits(contact.phone))?.code
            }
        }
    }

    /// Fields that are compared as times.
    enum Moment: String, CaseIterable, Codable {
        case firstAttemptAt, lastAttemptAt, answeredAt, calledBackAt, repliedAt

        func value(of contact: ContactRow) -> Timestamp? {
            switch self {
            case .firstAttemptAt: contact.firstAttemptAt
            case .lastAttemptAt: contact.last?.startedAt
            case .answeredAt: contact.answeredAt
            case .calledBackAt: contact.calledBackAt
            case .repliedAt: contact.repliedAt
            }
        }
    }

    /// The fields that every contact has, with the names they go by.
    static let known: [(name: String, field: FilterField)] =
        [("state", .state), ("phone", .phone)] + Text.allCases.map { ($0.rawValue, .text($0)) }
        + Number.allCases.map { ($0.rawValue, .number($0)) } + Moment.allCases.map { ($0.rawValue, .moment($0)) }

    /// The field that a plain word names: one that every contact has, or else a column of the lists.
    init?(word: String, columns: [String]) {
        let name = HeaderName(word).joined
        if let known = Self.known.first(where: { HeaderName($0.name).joined == name }) {
            self = known.field
        } else {
            self.init(column: word, columns: columns)
        }
    }

    /// The columns of the lists with this name, compared as the import compares names of columns.
    init?(column: String, columns: [String]) {
        let name = HeaderName(column).joined
        let places = columns.indices.filter { place in
            columns[place] == column || !name.isEmpty && HeaderName(columns[place]).joined == name
        }
        guard !places.isEmpty else { return nil }
        self = .own(places)
    }

    /// The comparisons that are possible for it, for an error message.
    var comparisons: Phrase {
        switch self {
        case .state: Phrase("=, != or in (…)", "=, != ou in (…)")
        case .phone, .text: Phrase("=, !=, ~, !~ or in (…)", "=, !=, ~, !~ ou in (…)")
        case .number, .moment: Phrase("=, !=, <, <=, >, >= or in (…)", "=, !=, <, <=, >, >= ou in (…)")
        case .own: Phrase("=, !=, <, <=, >, >=, ~, !~ or in (…)", "=, !=, <, <=, >, >=, ~, !~ ou in (…)")
        }
    }
}
