// SPDX-License-Identifier: GPL-3.0-or-later
// The page's behaviour: tabs, filter, folding, printing. Without it the page shows everything, one view below another.
(() => {
  "use strict";
  const $ = (selector, within = document) => within.querySelector(selector);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const root = document.documentElement;
  const views = all(".view");
  const tabs = all("nav a");
  const form = $(".filter");
  const find = $("#find");
  const selects = { d: $("#by-date"), s: $("#by-site"), p: $("#by-post"), u: $("#by-unit") };
  const found = $("#found");
  const lower = (element) => (element ? element.textContent.toLowerCase() : "");
  const show = (element, visible) => element.classList.toggle("hidden", !visible);
  root.classList.add("js");

  // ---- tabs: the address names the view, or a site in the view by site
  const open = () => {
    const target = document.getElementById(location.hash.slice(1)) || views[0];
    const view = target.closest(".view") || views[0];
    views.forEach((each) => each.classList.toggle("current", each === view));
    tabs.forEach((tab) => {
      if (tab.hash === "#" + view.id) tab.setAttribute("aria-current", "page");
      else tab.removeAttribute("aria-current");
    });
    $("#unfold").hidden = $("#fold").hidden = !$("details", view);
    if (target !== view) {
      if (target.tagName === "DETAILS") target.open = true;
      target.scrollIntoView();
    }
    count();
  };
  tabs.forEach((tab) => tab.addEventListener("click", (event) => {
    event.preventDefault();
    history.replaceState(null, "", tab.hash);
    open();
    scrollTo(0, Math.min(scrollY, $(".tools").offsetTop));
  }));
  addEventListener("hashchange", open);

  // ---- what there is to find, read off the page once
  const parents = new Map(all("#units tr[data-u]").map((row) => [row.dataset.u, row.dataset.parent]));
  const unitNames = new Map(all("#units tr[data-u]").map((row) => [row.dataset.u, lower($("th", row))]));
  const unitText = (unit) => {
    let text = "";
    for (let at = unit; parents.has(at); at = parents.get(at)) text += unitNames.get(at) + " ";
    return text;
  };
  const within = (unit, ancestor) => {
    for (let at = unit; parents.has(at); at = parents.get(at)) if (at === ancestor) return true;
    return false;
  };
  const people = new Map(all("#members tr[data-m]").map((row) => [row.dataset.m, {
    row, unit: row.dataset.u, text: lower($("th", row)) + " " + unitText(row.dataset.u),
    duties: all("li", row).map((item) => ({ item, text: lower(item) })),
  }]));
  const sites = all(".site").map((site) => ({
    site, wasOpen: site.open, text: lower($("h3", site)),
    weeks: all("table", site).map((table) => ({
      table,
      heads: all("th[data-d]", table),
      rows: all("tbody tr", table).map((row) => ({
        row, text: lower($("th", row)),
        cells: all("td", row).map((cell) => ({
          cell, text: cell.dataset.h || "", duty: cell.classList.contains("duty"),
          people: all("li", cell),
        })),
      })),
    })),
  }));
  const free = all("#members .free [data-u] li").map((item) => ({ item, text: lower(item) + " " + unitText(item.dataset.u) }));
  const short = all(".shortages tbody tr").map((row) => ({ row, text: lower(row) }));

  // ---- filter: every word must be found in the duty, its place and time, or the person on it
  const wanted = () => ({
    words: find.value.toLowerCase().split(/\s+/).filter(Boolean),
    d: selects.d.value, s: selects.s.value, p: selects.p.value, u: selects.u.value,
  });
  const says = (want, ...texts) => want.words.every((word) => texts.some((text) => text.includes(word)));
  const about = (want, data) => ["d", "s", "p"].every((key) => !want[key] || !(key in data) || data[key] === want[key]);

  const filterCell = (want, place, row, cell) => {
    const context = place.text + " " + row.text + " " + cell.text;
    if (!cell.duty || (want.d && cell.cell.dataset.d !== want.d)) return false;
    let hits = 0;
    for (const item of cell.people) {
      const person = people.get(item.dataset.m);
      const hit = (!want.u || within(person.unit, want.u)) && says(want, context, person.text);
      item.classList.toggle("hit", hit && (want.words.length > 0 || want.u !== ""));
      item.classList.toggle("miss", !hit);
      hits += hit;
    }
    return hits > 0 || (!want.u && says(want, context));
  };
  const filterSites = (want, on) => {
    let matches = 0;
    for (const place of sites) {
      let inSite = 0;
      for (const week of place.weeks) {
        let inWeek = 0;
        for (const row of week.rows) {
          let inRow = 0;
          for (const cell of row.cells) {
            inRow += about(want, row.row.dataset) && filterCell(want, place, row, cell);
            show(cell.cell, !want.d || cell.cell.dataset.d === want.d);
          }
          show(row.row, inRow > 0);
          inWeek += inRow;
        }
        week.heads.forEach((head) => show(head, !want.d || head.dataset.d === want.d));
        show(week.table, inWeek > 0);
        inSite += inWeek;
      }
      const visible = about(want, place.site.dataset) && inSite > 0;
      show(place.site, visible);
      place.site.open = on ? visible : place.wasOpen;
      matches += visible ? inSite : 0;
    }
    return matches;
  };
  const filterMembers = (want) => {
    const pinned = want.d || want.s || want.p;
    let matches = 0;
    for (const person of people.values()) {
      let hits = 0;
      for (const duty of person.duties) {
        const hit = about(want, duty.item.dataset) && says(want, person.text, duty.text);
        show(duty.item, hit);
        hits += hit;
      }
      const visible = (!want.u || within(person.unit, want.u)) && (hits > 0 || (!pinned && says(want, person.text)));
      show(person.row, visible);
      matches += visible;
    }
    for (const group of all("#members tbody")) show(group, $("tr[data-m]:not(.hidden)", group));
    for (const one of free) show(one.item, !pinned && (!want.u || within(one.item.dataset.u, want.u)) && says(want, one.text));
    for (const group of all("#members .free div")) show(group, $("li:not(.hidden)", group));
    return matches;
  };
  const filterUnits = (want) => {
    let matches = 0;
    for (const row of all("#units tr[data-u]")) {
      const visible = (!want.u || within(row.dataset.u, want.u)) && says(want, unitText(row.dataset.u));
      show(row, visible);
      matches += visible;
    }
    return matches;
  };
  const filterSummary = (want) => {
    let matches = 0;
    for (const line of short) {
      const visible = about(want, line.row.dataset) && says(want, line.text);
      show(line.row, visible);
      matches += visible;
    }
    return matches;
  };

  let matches = {};
  const count = () => {
    const view = $(".view.current");
    const number = view && matches[view.id];
    found.textContent = number === undefined ? "" :
      number === 0 ? found.dataset.none : found.dataset.some.replace("{n}", number);
  };
  let filtering = false;
  const filter = () => {
    const want = wanted();
    const on = want.words.length > 0 || Object.values(selects).some((select) => select.value !== "");
    if (on && !filtering) sites.forEach((place) => { place.wasOpen = place.site.open; });
    root.classList.toggle("filtering", on);
    const numbers = { sites: filterSites(want, on), members: filterMembers(want), units: filterUnits(want), summary: filterSummary(want) };
    filtering = on;
    matches = on ? numbers : {};
    [find, ...Object.values(selects)].forEach((field) => field.classList.toggle("set", field.value !== ""));
    count();
  };
  form.addEventListener("input", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(filter));

  // ---- folding
  const fold = (unfolded) => all("details", $(".view.current")).forEach((each) => { each.open = unfolded; });
  $("#unfold").addEventListener("click", () => fold(true));
  $("#fold").addEventListener("click", () => fold(false));

  // ---- printing: what is folded is unfolded for the paper, but for long lists that are not the roster itself
  let folded = [];
  addEventListener("beforeprint", () => {
    folded = all(".site:not([open]), .parts:not([open])");
    folded.forEach((each) => { each.open = true; });
  });
  addEventListener("afterprint", () => folded.forEach((each) => { each.open = false; }));
  let sheet = null;
  all("[data-paper]").forEach((button) => button.addEventListener("click", () => {
    const rules = document.styleSheets[0];
    if (sheet !== null) rules.deleteRule(sheet);
    sheet = rules.insertRule(`@media print { @page { size: ${button.dataset.paper} landscape; } }`, rules.cssRules.length);
    root.classList.toggle("a3", button.dataset.paper === "A3");
    print();
  }));

  open();
})();
