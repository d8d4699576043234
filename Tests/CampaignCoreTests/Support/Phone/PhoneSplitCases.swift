import CampaignCore

/// A cell with several numbers, the area code's cell beside it, and the expected result for each number.
struct PhoneSplitCase: Sendable {
    let text: String
    let area: String
    let expected: [Result<String, PhoneProblem>]

    init(_ text: String, area: String = "", _ expected: Result<String, PhoneProblem>...) {
        (self.text, self.area, self.expected) = (text, area, expected)
    }

    private static let a: Result<String, PhoneProblem> = .success("5511999990001")
    private static let b: Result<String, PhoneProblem> = .success("5511988880002")

    /// Two whole numbers, with whatever is between them.
    static let separators: [String] = [
        "11 99999-0001 / 11 98888-0002", "11 99999-0001\\11 98888-0002", "11999990001;11988880002",
        "11999990001, 11988880002", "11999990001|11988880002", "11 99999-0001 & 11 98888-0002",
        "11 99999-0001\n11 98888-0002", "11 99999-0001\r\n11 98888-0002", "11 99999-0001 ou 11 98888-0002",
        "11 99999-0001 OR 11 98888-0002", "11 99999-0001 e 11 98888-0002", "11 99999-0001 y 11 98888-0002",
        "11 99999-0001 and 11 98888-0002", "11 99999-0001 - 11 98888-0002", "11 99999-0001 – 11 98888-0002",
        "11 99999 - 0001 - 11 98888 - 0002", "+5511999990001 +5511988880002", "+5511999990001+5511988880002",
        "+55 11 99999-0001 ::: +55 11 98888-0002", "11 99999-0001 ::: 11 98888-0002", "11999990001 11988880002",
        "(11) 99999-0001 (11) 98888-0002", "11 99999 0001 11 98888 0002", "1199999000111988880002",
        "55119999900015511988880002", "551199999000111988880002", "55/11/99999/0001 ; 11 98888-0002",
        "11-99999-0001-11-98888-0002", "5511999990001@c.us;5511988880002@c.us", "11999990001ou11988880002",
        "11\u{A0}99999-0001\u{A0}ou\u{A0}11\u{A0}98888-0002", "(11) 99999-0001 / / (11) 98888-0002;",
        "11 99999-0001 / 11 98888-0002 / 55 11 99999-0001", "11 99999-0001 / 11 9999-0001 / 11 98888-0002",
    ]

    static let local: [PhoneSplitCase] = [
        PhoneSplitCase("11 3333-4444 / 5555-6666", .success("551133334444"), .success("551155556666")),
        PhoneSplitCase("11 99999-0001 / 98888-0002", a, b),
        PhoneSplitCase("11 99999-0001 98888-0002", a, b),
        PhoneSplitCase("11 99999-0001 - 98888-0002", a, b),
        PhoneSplitCase("11 99999-0001 / 98888-0002 / 97777-0003", a, b, .success("5511977770003")),
        PhoneSplitCase("11 99999-0001 / 21 98888-0002", a, .success("5521988880002")),
        PhoneSplitCase("11 99999-0001 / 21 98888-0002 / 97777-0003", a, .success("5521988880002"), .failure(.noDDD)),
        PhoneSplitCase("11 3333-4444 / 5555", .success("551133334444"), .failure(.tooShort)),
        PhoneSplitCase("11 3333-4444/4445", .success("551133334444"), .failure(.tooShort)),
        PhoneSplitCase("99999-0001 / 98888-0002", .failure(.noDDD), .failure(.noDDD)),
        PhoneSplitCase("99999-0001 / 11 98888-0002", .failure(.noDDD), b),
        PhoneSplitCase("+351 912 345 678 / 98888-0002", .success("351912345678"), .failure(.noDDD)),
        PhoneSplitCase("11 99999-0001 / 4004-0001", a, .failure(.serviceNumber)),
        PhoneSplitCase("99999-0001 / 98888-0002", area: "11", a, b),
        PhoneSplitCase("99999-0001 - 98888-0002", area: "011", a, b),
        PhoneSplitCase("21 99999-0001 / 98888-0002", area: "11", .failure(.contradiction), .failure(.noDDD)),
        PhoneSplitCase("+351 912 345 678 / 98888-0002", area: "11", .success("351912345678"), b),
        PhoneSplitCase("99999-0001 / 98888-0002", area: "XX", .failure(.unknownDDD), .failure(.unknownDDD)),
        PhoneSplitCase("99999-0001", area: "11", a),
    ]

    static let rest: [PhoneSplitCase] = [
        PhoneSplitCase("11 99999-0001", a),
        PhoneSplitCase("11/99999-0001", a),
        PhoneSplitCase("11 99999-0001 / ", a),
        PhoneSplitCase("11999990001;11999990001", a),
        PhoneSplitCase("11 99999-0001 / João", a, .failure(.letters)),
        PhoneSplitCase("11 99999-0001 (mãe) / 11 98888-0002", .failure(.letters), b),
        PhoneSplitCase("11 99999-0001 (mãe)", .failure(.letters)),
        PhoneSplitCase("11 99999-0001, 12345678909", a, .failure(.document)),
        PhoneSplitCase("123456789012345@lid / 11 98888-0002", .success("123456789012345@lid"), b),
        PhoneSplitCase("", .failure(.empty)),
        PhoneSplitCase(" / ", .failure(.empty)),
        PhoneSplitCase("N/A", .failure(.letters)),
        PhoneSplitCase("5,51199999E+12", .failure(.digitsLost)),
        PhoneSplitCase("5,51199999E+12;11 98888-0002", .failure(.digitsLost), b),
        // Cut after ten digits it would be a mobile number without its ninth digit and one of area 19: nobody wrote
        // those.
        PhoneSplitCase("11999990001988880002", .failure(.twoNumbers)),
        PhoneSplitCase("1234 5678 9012 3456", area: "11", .failure(.filler)),
        // Its first twelve digits would be a number of London, with 3333-4444 left over.
        PhoneSplitCase("44 3333-4444 20 3333-4444", .failure(.tooLong)),
        PhoneSplitCase("12345678901234567890123456789012345678901234", .failure(.tooLong)),
        PhoneSplitCase("11 99999-00011", .failure(.tooLong)),
        PhoneSplitCase("11980000008 - 119876543-21", .failure(.twoNumbers)),
    ]
}
