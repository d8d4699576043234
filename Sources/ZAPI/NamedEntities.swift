/// HTML's names of the characters that a secret may hold or be parted by (WHATWG, named character references, read 2026).
enum NamedEntities {
    /// The longest name.
    static let longest = names.keys.map(\.utf8.count).max() ?? 0

    /// The UTF-8 of a name, in whatever case it is written; nil when it is not known.
    static func plain(_ name: String) -> [UInt8]? {
        names[name.lowercased()].map { Array($0.utf8) }
    }

    private static let names = [
        "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "excl": "!", "num": "#", "dollar": "$",
        "percnt": "%", "lpar": "(", "rpar": ")", "ast": "*", "midast": "*", "plus": "+", "comma": ",", "period": ".",
        "sol": "/", "colon": ":", "semi": ";", "equals": "=", "quest": "?", "commat": "@", "lsqb": "[", "lbrack": "[",
        "bsol": "\\", "rsqb": "]", "rbrack": "]", "hat": "^", "lowbar": "_", "underbar": "_", "grave": "`",
        "lcub": "{", "lbrace": "{", "verbar": "|", "vert": "|", "rcub": "}", "rbrace": "}",
        // Not the minus of ASCII, but what stands for it.
        "hyphen": "-", "dash": "-", "minus": "-",
        // Seen as a blank, or not at all.
        "nbsp": " ", "nonbreakingspace": " ", "newline": " ", "tab": " ", "ensp": " ", "emsp": " ", "thinsp": " ",
        "hairsp": " ", "shy": " ", "zwj": " ", "zwnj": " ", "lrm": " ", "rlm": " ", "zerowidthspace": " ",
        "nobreak": " ",
    ]
}
