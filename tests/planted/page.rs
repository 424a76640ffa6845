//! Faults planted in the web page.

use super::Fault;

fn fault(name: &'static str, codes: &'static [&'static str], from: &'static str, to: &'static str) -> Fault {
    Fault::new(name, "html", codes, move |bytes| {
        let text = String::from_utf8(bytes.to_vec()).unwrap();
        assert!(text.contains(from), "the page has no {from:?}");
        text.replacen(from, to, 1).into_bytes()
    })
}

pub fn faults() -> Vec<Fault> {
    vec![
        fault("web, no language", &["V009"], "<html lang=\"en-GB\"", "<html"),
        fault("web, no title", &["V008"], "<title>Keeping well in the cold", "<title>Untitled"),
        fault("web, no main part", &["V053", "V036"], "<main id=\"ui.main\"", "<div id=\"ui.main\" role=\"main2\"")
            .closing("</main>", "</div>"),
        fault("web, a script", &["V058"], "</head>", "<script>let a = 1;</script></head>"),
        fault("web, a program in an attribute", &["V058"], "<h1>", "<h1 onclick=\"go()\">"),
        fault(
            "web, a style sheet from elsewhere",
            &["V058"],
            "</head>",
            "<link rel=\"stylesheet\" href=\"https://example.org/a.css\"/></head>",
        ),
        fault("web, a page that cannot be enlarged", &["V057"], "initial-scale=1", "initial-scale=1, maximum-scale=1"),
        fault("web, type in pixels", &["V057"], "</style>", "p { font-size: 12px }</style>"),
        fault("web, a name twice", &["V059"], "<h1>", "<h1 id=\"ui.main\">"),
        fault(
            "web, a picture without a description",
            &["V035"],
            " alt=\"A woman winds a red scarf round her nose and mouth\"",
            "",
        ),
        fault("web, a header without a scope", &["V033"], " scope=\"col\"", ""),
        fault("web, a level skipped", &["V032"], "<h3 id=\"on-windy-days\">", "<h4 id=\"on-windy-days\">")
            .closing("On windy days</h3>", "On windy days</h4>"),
        fault("web, a link that leads nowhere", &["V036"], "<a href=\"#get-help\"", "<a href=\"#no-help\""),
        fault(
            "web, an entry with other words",
            &["V051"],
            "<a href=\"#get-help\">Get help",
            "<a href=\"#get-help\">Get tea",
        ),
        fault("web, a number changed", &["V007", "V006"], "20 minutes</span> outside", "30 minutes</span> outside"),
        fault("web, words run together", &["V006"], "and you may feel short", "andyou may feel short"),
    ]
}

impl Fault {
    /// Another swap, for the end of what the first began.
    fn closing(self, from: &'static str, to: &'static str) -> Self {
        let first = self.change;
        let change = move |bytes: &[u8]| String::from_utf8(first(bytes)).unwrap().replacen(from, to, 1).into_bytes();
        Self { change: Box::new(change), ..self }
    }
}
