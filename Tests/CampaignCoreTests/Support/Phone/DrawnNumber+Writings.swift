/// How people and programs write a number.
extension DrawnNumber {
    var goodWays: [String] {
        switch country {
        case "55": brazilianWays
        case "1":
            [
                national, "(\(area)) \(cut())", "\(area)-\(cut())", "\(area).\(cut("."))", "1\(national)",
                "1-\(area)-\(cut())", "+1 \(area) \(cut())", "001\(national)", "00 1 \(area) \(cut())", "\(national).0",
            ]
        case "52":
            [
                national, "\(area) \(cut(" "))", "(\(area)) \(cut())", "52\(national)", "52 \(area) \(cut(" "))",
                "+52 \(area) \(cut(" "))", "0052\(national)", "01 \(area) \(cut(" "))", "01\(national)",
                "044 \(area) \(cut(" "))", "045\(national)", "521\(national)", "+52 1 \(area) \(cut(" "))",
            ]
        default:
            [
                national, "(\(area)) \(cut())", "0\(area) \(cut())", "0\(national)", "54\(national)",
                "+54 \(area) \(cut())", "0054\(national)", "549\(national)", "+54 9 \(area) \(cut())",
                "\(area) 15 \(cut())", "0\(area) 15-\(cut())", "9 \(area) \(cut())",
            ]
        }
    }

    private var brazilianWays: [String] {
        var ways = [
            national, "\(area) \(cut())", "(\(area)) \(cut())", "(\(area))\(cut())", "(\(area)) \(cut(" "))",
            "[\(area)] \(cut())", "\(area).\(cut("."))", "\(area)-\(cut())", "\(area)/\(cut())", "\(area) \(line)",
            "\(area) - \(cut())", "\(area)\u{A0}\(cut("\u{A0}"))", "\(area) \(cut("–"))", "\(area)_\(cut("_"))",
            "+55\(national)", "+55 \(area) \(cut())", "+55 (\(area)) \(cut())", "(+55) \(area) \(cut())",
            "0055\(national)", "0055 \(area) \(cut())", "55 \(area) \(cut())", "55\(area) \(cut())",
            "55-\(area)-\(cut())", "55|\(area)|\(cut("|"))", "+55 0 \(area) \(cut())", "+55 (0\(area)) \(cut())",
            "0\(national)", "0\(area) \(cut())", "(0\(area)) \(cut())", "0 \(area) \(cut())", "0xx\(area) \(cut())",
            "(0XX\(area)) \(cut())", "(0xx)\(area) \(cut())", "(0**\(area)) \(cut())", "+55 (0xx\(area)) \(cut())",
            "0 15 \(area) \(cut())", "0 21 \(area) \(cut())", "015 (\(area)) \(cut())", "+55 0 15 \(area) \(cut())",
            "055 \(area) \(cut())", "000\(national)", "0000000\(national)",
            "9090 \(area) \(cut())", "90 15 \(area) \(cut())", "\(national).0", "+55\(national),00", "'\(national)",
            "=\"\(national)\"", "tel:+55\(national)", "https://wa.me/55\(national)", "55\(national)@c.us",
        ]
        ways += [
            "\(area) \(line).0", "(\(area)) \(cut()).0", "\(area)-\(line),00", "+55 \(area) \(line).00",
            "Cel. (\(area)) \(cut())", "Tel: \(area) \(cut())", "DDD \(area) \(cut())", "WhatsApp: +55\(national)",
            "*\(national)*", "=\(national)", "=+55\(national)", "(xx\(area)) \(cut())", "xx\(area) \(cut())",
            "\(area) \(cut()) ::: \(area) \(cut())", "+55\(national),\(national)",
            "(\(area)) \(cut()) / 0\(national)",
            "+55\(national)@s.whatsapp.net", "55\(national):12@s.whatsapp.net",
            "\(area) \(line.dropLast(4))-\(line.suffix(4).prefix(2))-\(line.suffix(2))",
            "\(area) \(line.dropLast(4)).\(line.suffix(4).prefix(2)).\(line.suffix(2))",
        ]
        if line.count == 9 {
            ways += [
                "\(area) \(line.prefix(4))-\(line.suffix(5))",
                "\(area) \(line.prefix(3)) \(line.dropFirst(3).prefix(3)) \(line.suffix(3))",
            ]
        }
        // 55 9… of twelve digits may be one digit too many in area 55.
        if line.count == 9 || !area.hasPrefix("9") { ways += ["55\(national)", "00055\(national)", "55 \(national)"] }
        if line.count == 9 { ways += ["\(area) 9 \(cut().dropFirst())", "\(area) 9.\(cut(".").dropFirst())"] }
        return ways
    }

    /// Ways that a slip is made in: bare, masked, with a trunk prefix, with the calling code.
    var plainWays: [String] {
        switch country {
        case "55":
            [
                national, "(\(area)) \(cut())", "0\(national)", "(0\(area)) \(cut())", "55\(national)",
                "55 \(area) \(cut())",
            ]
        case "1": [national, "(\(area)) \(cut())", "1\(national)", "1 \(area) \(cut())"]
        case "52": [national, "\(area) \(cut(" "))", "01\(national)", "52\(national)", "52 \(area) \(cut(" "))"]
        default: [national, "(\(area)) \(cut())", "0\(national)", "0\(area) \(cut())", "54\(national)"]
        }
    }
}
