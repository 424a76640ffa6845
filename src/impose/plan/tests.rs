//! What holds for every plan, whatever the pages and the options.

use proptest::prelude::*;

use super::*;

fn options() -> impl Strategy<Value = Options> {
    let scheme = prop_oneof![Just(Scheme::Saddle), Just(Scheme::Duplex), Just(Scheme::TwoUp), Just(Scheme::FourUp)];
    let flip = prop_oneof![Just(None), Just(Some(Flip::Long)), Just(Some(Flip::Short))];
    let binding = prop_oneof![Just(Binding::Left), Just(Binding::Right)];
    let blanks = prop_oneof![Just(Blanks::End), Just(Blanks::BeforeLast)];
    (scheme, flip, binding, blanks, 0.0..3.0f64, any::<bool>(), 4usize..70, 0.05..0.2f64).prop_map(
        |(scheme, flip, binding, blanks, bleed, marks, signature, caliper)| Options {
            flip,
            binding,
            blanks,
            bleed,
            marks,
            signature,
            stock: Stock::Caliper(caliper),
            ..Options::new(scheme, Sheet::Sra3)
        },
    )
}

proptest! {
    #[test]
    fn every_page_stands_once_and_on_the_paper(count in 1usize..150, options in options()) {
        let page = Size::new(105.0, 148.0);
        let plan = plan(&vec![page; count], &options).unwrap();
        let cells: Vec<&Cell> = plan.sides().flat_map(|side| &side.cells).collect();
        let mut pages: Vec<usize> = cells.iter().filter_map(|cell| cell.page).collect();
        pages.sort_unstable();
        prop_assert_eq!(pages, (0..count).collect::<Vec<_>>());
        prop_assert_eq!(cells.iter().filter(|cell| cell.page.is_none()).count(), plan.blanks);
        for cell in cells {
            prop_assert!(cell.shown.x >= -SLACK && cell.shown.y >= -SLACK);
            prop_assert!(cell.shown.right() <= plan.sheet.width + SLACK && cell.shown.top() <= plan.sheet.height + SLACK);
        }
    }

    #[test]
    fn no_two_pages_of_a_side_overlap(count in 1usize..60, options in options()) {
        let plan = plan(&vec![Size::new(105.0, 148.0); count], &options).unwrap();
        for side in plan.sides() {
            for (index, a) in side.cells.iter().enumerate() {
                for b in &side.cells[index + 1..] {
                    let (a, b) = (a.shown, b.shown);
                    let apart = |low: f64, high: f64| high >= low - 1e-9;
                    prop_assert!(apart(a.right(), b.x) || apart(b.right(), a.x) || apart(a.top(), b.y) || apart(b.top(), a.y));
                }
            }
        }
    }

    #[test]
    fn the_two_sides_of_a_leaf_lie_on_each_other(count in 1usize..100, options in options()) {
        let plan = plan(&vec![Size::new(105.0, 148.0); count], &options).unwrap();
        let upright = plan.flip == Flip::upright(plan.sheet);
        for leaf in &plan.sheets {
            for front in &leaf.front.cells {
                // turned like a leaf, x is mirrored; turned over the head, y is
                let behind = leaf.back.cells.iter().find(|back| {
                    let (x, y) = if upright { (plan.sheet.width - back.trim.right(), back.trim.y) } else { (back.trim.x, plan.sheet.height - back.trim.top()) };
                    (x - front.trim.x).abs() < 1e-6 && (y - front.trim.y).abs() < 1e-6
                }).expect("something lies behind it");
                prop_assert_eq!(behind.turn, if upright { 0 } else { 180 });
                // the pages of one leaf follow each other; blanks may stand anywhere
                if let (Some(a), Some(b)) = (front.page, behind.page) && options.blanks == Blanks::End {
                    prop_assert_eq!(a / 2, b / 2);
                }
            }
        }
    }

    #[test]
    fn no_signature_passes_its_limit(count in 1usize..400, limit in 4usize..80) {
        let options = Options { signature: limit, ..Options::new(Scheme::Saddle, Sheet::A4) };
        let plan = plan(&vec![Size::new(148.0, 210.0); count], &options).unwrap();
        for signature in 0..plan.signatures {
            let sheets = plan.sheets.iter().filter(|leaf| leaf.signature == signature).count();
            prop_assert!(sheets > 0 && sheets <= limit / 4);
        }
    }
}

#[test]
fn paper_of_80_grams_is_a_tenth_of_a_millimetre() {
    assert!((Stock::Gsm(80.0).caliper() - 0.1).abs() < 1e-9);
    assert!((Stock::Gsm(80.0).creep(15) - 1.5).abs() < 1e-9);
}

#[test]
fn a_sheet_that_is_too_small_is_refused() {
    let pages = vec![Size::new(148.0, 210.0); 8];
    let options = Options { bleed: 3.0, ..Options::new(Scheme::Saddle, Sheet::A4) };
    assert!(matches!(plan(&pages, &options), Err(Refusal::Paper { marked: true, .. })));
    let marks = Options { marks: true, sheet: Sheet::Sra4, ..options };
    plan(&pages, &marks).unwrap();
}

#[test]
fn as_many_of_one_leaf_as_the_sheet_holds() {
    let many = |width, height, sheet, bleed| {
        let options = Options { bleed, ..Options::new(Scheme::Repeat, sheet) };
        let plan = plan(&[Size::new(width, height); 2], &options).unwrap();
        assert_eq!(plan.sheets.len(), 1);
        assert!(plan.sheets[0].front.cells.iter().all(|cell| cell.page == Some(0)));
        assert!(plan.sheets[0].back.cells.iter().all(|cell| cell.page == Some(1)));
        plan.sheets[0].front.cells.len()
    };
    assert_eq!(many(148.0, 210.0, Sheet::A4, 0.0), 2);
    assert_eq!(many(105.0, 148.0, Sheet::A4, 0.0), 4);
    assert_eq!(many(85.0, 55.0, Sheet::A4, 0.0), 10);
    assert_eq!(many(105.0, 148.0, Sheet::Sra3, 3.0), 8);
}
