// The first tab of the Allure report. It is static, and no request leaves the page.
(function () {
  'use strict';
  var page = /*FRAGMENT*/;
  var View = Backbone.Marionette.View.extend({
    template: function () { return page; },
    // Allure's layout grows with its content and hides what is below the window; its own tabs scroll inside.
    onAttach: function () {
      var app = this.el.closest('.app');
      if (app) { app.style.minHeight = '0'; }
    },
    events: { 'click a[href^="#"]': 'open' },
    // Allure's router owns the address, so an anchor is opened without changing it.
    open: function (event) {
      event.preventDefault();
      var id = event.currentTarget.getAttribute('href').slice(1);
      var target = this.el.querySelector('[id="' + id.replace(/["\\]/g, '\\$&') + '"]');
      if (!target) { return; }
      for (var at = target; at && at !== this.el; at = at.parentNode) {
        if (at.tagName === 'DETAILS') { at.open = true; }
      }
      target.setAttribute('tabindex', '-1');
      target.focus({ preventScroll: true });
      target.scrollIntoView({ block: 'start' });
    }
  });
  var Layout = allure.components.AppLayout.extend({
    loadData: function () { return Promise.resolve(); },
    getContentView: function () { return new View(); }
  });
  allure.api.addTab('buckbench', {
    title: 'What a dollar buys',
    icon: 'fa fa-usd',
    route: 'buckbench',
    onEnter: function () { return new Layout(); }
  });
  // Ours is the first in the list too.
  if (Array.isArray(allure.api.tabs)) { allure.api.tabs.unshift(allure.api.tabs.pop()); }
  if (!location.hash) { location.replace('#buckbench'); }
})();
