extension Unicode.Scalar {
    /// The letter or digit without case and accents, in ASCII where it has such a form; empty for anything that is
    /// neither.
    var plainLetter: String {
        switch self {
        case "a"..."z", "0"..."9": return String(self)
        case "A"..."Z": return properties.lowercaseMapping
        case "º", "°": return "o"
        case "ª": return "a"
        default: break
        }
        if let plain = typographicForm { return plain.plainLetter }
        guard properties.isAlphabetic else { return "" }
        let small = properties.lowercaseMapping
        switch small {
        case "à", "á", "â", "ã", "ä", "å": return "a"
        case "ç": return "c"
        case "è", "é", "ê", "ë", "ẽ": return "e"
        case "ì", "í", "î", "ï", "ĩ": return "i"
        case "ñ": return "n"
        case "ò", "ó", "ô", "õ", "ö": return "o"
        case "ù", "ú", "û", "ü", "ũ": return "u"
        case "ý", "ÿ": return "y"
        default: return small
        }
    }

    /// The letter of which this one is a full-width, bold, script or circled form: what “fancy letters” are made of.
    private var typographicForm: Unicode.Scalar? {
        switch value {
        case 0xFF10...0xFF19: Unicode.Scalar(value - 0xFF10 + 0x30)
        case 0xFF21...0xFF3A: Unicode.Scalar(value - 0xFF21 + 0x61)
        case 0xFF41...0xFF5A: Unicode.Scalar(value - 0xFF41 + 0x61)
        // Mathematical alphabets, one after the other: A…Z, a…z.
        case 0x1D400...0x1D6A3: Unicode.Scalar((value - 0x1D400) % 26 + 0x61)
        case 0x24B6...0x24E9: Unicode.Scalar((value - 0x24B6) % 26 + 0x61)
        case 0x1F130...0x1F149: Unicode.Scalar(value - 0x1F130 + 0x61)
        case 0x1F150...0x1F169: Unicode.Scalar(value - 0x1F150 + 0x61)
        case 0x1F170...0x1F189: Unicode.Scalar(value - 0x1F170 + 0x61)
        case 0x17F: "s"
        default: nil
        }
    }
}
